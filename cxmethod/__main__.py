from cxmethod.cli import main

main()
