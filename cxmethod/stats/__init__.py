"""Statistics that know nothing of customers: tables and arrays in, tables and arrays out.

The room imports nothing of the project and raises plain ``ValueError``; whoever calls it words the message.
"""
