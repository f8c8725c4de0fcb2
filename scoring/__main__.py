"""The command line of the scoring engine."""

import typer

from assistant.command import USAGE, run
from assistant.settings import SettingsError
from scoring.commands.audit import audit_command, check_command
from scoring.commands.datasets import import_command, template_command, versions_command
from scoring.commands.figures import compute_command, explain_command, trend_command
from scoring.commands.prospects import headroom_command, robustness_command, target_command, whatif_command
from scoring.errors import ScoringError

app = typer.Typer(
    help="综合指数计算：得分、变化的逐项贡献、假设、目标、稳健性、核对与审计、数据的填报与版本。",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("compute")(compute_command)
app.command("explain")(explain_command)
app.command("trend")(trend_command)
app.command("whatif")(whatif_command)
app.command("target")(target_command)
app.command("headroom")(headroom_command)
app.command("robustness")(robustness_command)
app.command("check")(check_command)
app.command("audit")(audit_command)
app.command("template")(template_command)
app.command("import")(import_command)
app.command("versions")(versions_command)

if __name__ == "__main__":
    run(app, {ScoringError: USAGE, SettingsError: USAGE})
