"""What a load reports about judgements, before and after."""

from pathlib import Path

from click.testing import CliRunner

from twingraph.cli import cli

TABLE = "municipality,country,partner,partner_country\nZhytomyr,UA,Kolding Vest,DK\nZhytomyr,UA,Rawicz,PL\n"
HEAD = "verdict\tname\tcountry\tplace\twho\twhen\twhy\n"
KOLDING = "geonames:2618528"


def judged(output: str) -> list[str]:
    return [line.partition("judged")[2].strip() for line in output.splitlines() if line.startswith("  judged ")]


def test_a_dry_run_lists_the_judgements_that_the_load_will_follow(tmp_path: Path) -> None:
    """Otherwise what a judgement does would only be seen once it is done."""
    table, judgements = tmp_path / "t.csv", tmp_path / "j.tsv"
    table.write_text(TABLE, encoding="utf-8")

    def load(*arguments: str) -> list[str]:
        given = ["load", str(table), "--db", str(tmp_path / "t.grafeo"), "--judgements", str(judgements), *arguments]
        result = CliRunner().invoke(cli, given)
        assert result.exit_code == 0, result.output
        return judged(result.stdout)

    judgements.write_text(
        f"{HEAD}same\tKolding Vest\tDK\t{KOLDING}\tOlena\t2026-11-24\tThe town hall says so\n"
        f"same\tNowhere\tDK\t{KOLDING}\t\t\t\nsame\tname:PL/nowhere\t\tname:PL/elsewhere\t\t\t\n",
        encoding="utf-8",
    )
    of_name = [f"Kolding Vest (DK) means {KOLDING}. Judged by Olena on 2026-11-24: The town hall says so"]
    assert load("--dry-run") == of_name
    assert not (tmp_path / "t.grafeo").exists()
    judgements.write_text(f"{HEAD}same\tname:DK/kolding-vest\t\t{KOLDING}\t\t\t\n", encoding="utf-8")
    assert load("--dry-run") == [f"name:DK/kolding-vest would be merged into {KOLDING}."]
    assert load() == [f"name:DK/kolding-vest is merged into {KOLDING}."]
    assert load("--dry-run") == []
    judgements.write_text(HEAD, encoding="utf-8")
    assert load("--dry-run") == ["name:DK/kolding-vest would be separate again."]
    assert load() == ["name:DK/kolding-vest is separate again."]
