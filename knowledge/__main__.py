"""The command line of the knowledge base: build, list, search."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from assistant.command import FAILURE, USAGE, run
from assistant.settings import SettingsError, load_settings
from knowledge import KnowledgeError, Library, OfflineEmbedding
from knowledge.progress import report_progress

app = typer.Typer(help="报告文本的知识库：建立、列出、检索。", pretty_exceptions_enable=False, rich_markup_mode=None)

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def _library() -> Library:
    settings = load_settings()
    return Library(settings.documents_dir, settings.store_dir, OfflineEmbedding())


@app.command()
def build(rebuild: Annotated[bool, typer.Option("--rebuild", help="不论有无变化都重建")] = False) -> None:
    """读取 documents/ 中的文件，建立或更新知识库；没有变化时立即返回。"""
    library = _library()
    if library.is_current() and not rebuild:
        typer.echo("知识库已是最新。")
    else:
        library.build(report_progress, rebuild=rebuild)
    manifest = library.manifest()
    records = manifest.documents if manifest else ()
    failed = [record for record in records if record.state != "indexed"]
    typer.echo(f"{len(records) - len(failed)} 个文件，{sum(record.passages for record in records)} 段。")
    for record in failed:
        typer.echo(f"未收入：{record.state}", err=True)
    if failed:
        raise typer.Exit(1)


@app.command("list")
def list_command(as_json: JsonOption = False) -> None:
    """列出已收入的文件。"""
    library = _library()
    records = library.build(report_progress).documents
    if as_json:
        typer.echo(json.dumps([asdict(record) for record in records], ensure_ascii=False, indent=2))
        return
    for record in records:
        typer.echo(
            f"{record.document}  {record.state}  {record.sections} 节  {record.passages} 段  {record.bytes} 字节"
        )


@app.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="最多几段")] = 5,
    as_json: JsonOption = False,
) -> None:
    """检索与一句话最相关的段落。"""
    hits = _library().open(report_progress).search(query, k)
    if as_json:
        rows = [
            {
                "passage_id": hit.passage.id,
                "document": hit.passage.document,
                "section": hit.passage.section,
                "text": hit.passage.text,
                "score": hit.score,
            }
            for hit in hits
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for rank, hit in enumerate(hits, 1):
        typer.echo(f"{rank}. {hit.passage.section}（{hit.passage.document}）\n   {hit.passage.text}\n")
    if not hits:
        typer.echo("没有找到相关段落。")


if __name__ == "__main__":
    run(app, {KnowledgeError: FAILURE, SettingsError: USAGE})
