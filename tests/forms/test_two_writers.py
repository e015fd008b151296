"""Two forms, or a form and a spreadsheet, on one file: neither loses anything."""

from concurrent.futures import ThreadPoolExecutor

from cxmethod.engagement import Engagement
from cxmethod.forms.table_model import TableModel
from tests.forms.conftest import TOUCHPOINTS, Engage, text_of_table


def names(client: Engagement) -> list[str]:
    return client.table("touchpoints")["name"].tolist()


def test_changes_of_different_cells_are_both_kept(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(0, "name", "Web")
    other.set_cell(1, "name", "Call")
    assert names(client) == ["Web", "Call", "Waiting room"]
    assert other.text(0, "name") == "Web"


def test_a_row_added_elsewhere_is_kept(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.remove_row(0)
    other.set_cell(2, "name", "Lounge")
    assert names(client) == ["Booking", "Lounge"]


def test_the_same_cell_changed_twice_is_refused_and_both_values_are_known(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(0, "name", "Web")
    other.set_cell(0, "name", "Site")
    (conflict,) = other.state.conflicts
    assert (other.state.kind, conflict.mine, conflict.theirs) == ("conflict", "Site", "Web")
    assert names(client)[0] == "Web"
    assert other.text(0, "name") == "Site"


def test_reload_shows_what_is_there_and_says_what_was_let_go(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(0, "name", "Web")
    other.set_cell(0, "name", "Site")
    other.set_cell(1, "name", "Call")
    other.reload()
    assert [conflict.mine for conflict in other.state.conflicts] == ["Site"]
    assert names(client) == ["Web", "Call", "Waiting room"]


def test_the_same_change_made_twice_is_no_conflict(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(0, "name", "Web")
    other.set_cell(0, "name", "Web")
    assert other.state.kind == "saved"


def test_a_row_that_is_gone_refuses_its_change(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.remove_row(2)
    other.set_cell(2, "name", "Lounge")
    assert [conflict.kind for conflict in other.state.conflicts] == ["gone"]
    assert names(client) == ["Website", "Booking"]


def test_a_row_changed_elsewhere_is_not_removed(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(2, "name", "Lounge")
    other.remove_row(2)
    assert other.state.kind == "conflict"
    assert names(client)[2] == "Lounge"


def test_key_and_name_of_one_row_change_together_on_a_changed_file(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    other.set_cell(1, "order", "x")
    other.set_cell(1, "touchpoint", "call")
    other.set_cell(1, "name", "Call")
    one.set_cell(0, "name", "Web")
    other.set_cell(1, "order", "2")
    assert client.table("touchpoints")["touchpoint"].tolist() == ["website", "call", "waiting"]
    assert names(client) == ["Web", "Call", "Waiting room"]


def test_a_change_that_only_clashes_with_a_rule_waits_for_its_mend(client: Engagement) -> None:
    one, other = TableModel(client, "touchpoints"), TableModel(client, "touchpoints")
    one.set_cell(0, "touchpoint", "site")
    other.set_cell(1, "touchpoint", "site")
    assert (other.state.kind, list(other.problems)) == ("open", [(1, "touchpoint")])
    other.set_cell(1, "touchpoint", "call")
    assert client.table("touchpoints")["touchpoint"].tolist() == ["site", "call", "waiting"]


def test_a_spreadsheet_that_breaks_the_file_meanwhile_is_not_written_over(client: Engagement) -> None:
    model = TableModel(client, "touchpoints")
    broken = TOUCHPOINTS + "exit,Way out,visit,4,,too,many\n"
    (client.inputs / "touchpoints.csv").write_text(broken, encoding="utf-8")
    model.set_cell(0, "name", "Web")
    assert model.state.kind == "conflict"
    assert text_of_table(client, "touchpoints") == broken


def test_rows_without_a_key_are_known_by_all_their_cells(engage: Engage) -> None:
    cues = "touchpoint,cue,fit\nwebsite,Clear prices,1\nwebsite,Long forms,-1\n"
    client = engage(theme_cues=cues)
    one, other = TableModel(client, "theme_cues"), TableModel(client, "theme_cues")
    one.set_cell(0, "fit", "2")
    other.set_cell(1, "fit", "-2")
    assert client.table("theme_cues")["fit"].tolist() == [2.0, -2.0]


def test_two_hands_at_the_same_moment_lose_nothing(client: Engagement) -> None:
    models = [TableModel(client, "touchpoints") for _ in range(3)]

    def type_ten_times(row: int) -> None:
        for number in range(10):
            models[row].set_cell(row, "channel", f"{row}-{number}")

    with ThreadPoolExecutor() as hands:
        list(hands.map(type_ten_times, range(3)))
    assert client.table("touchpoints")["channel"].tolist() == ["0-9", "1-9", "2-9"]
