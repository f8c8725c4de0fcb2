"""The command line of the knowledge base: build, add, remove, list, search, bench."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.command import FAILURE, USAGE, run
from assistant.settings import SettingsError, load_settings
from knowledge import DocumentError, KnowledgeError, Manifest
from knowledge.progress import ProgressBar
from knowledge.retriever import Kind

app = typer.Typer(
    help="报告文本的知识库：建立、增删、列出、检索。", pretty_exceptions_enable=False, rich_markup_mode=None
)

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON")]
KindOption = Annotated[Kind, typer.Option("--kind", help="hybrid 综合、keyword 只用关键词、dense 只用向量")]


@app.command()
def build(rebuild: Annotated[bool, typer.Option("--rebuild", help="不论有无变化都重建")] = False) -> None:
    """建立或更新知识库；没有变化时立即返回。"""
    library = load_settings().library()
    before = library.manifest()
    manifest = library.build(ProgressBar(), rebuild=rebuild)
    if manifest == before:
        typer.echo("知识库已是最新。")
    _tell(manifest)
    if failed := [record for record in manifest.documents if not record.is_indexed]:
        for record in failed:
            typer.echo(f"未收入：{record.state}", err=True)
        raise typer.Exit(FAILURE)


@app.command()
def add(files: Annotated[list[Path], typer.Argument(help="要收入的文件：.docx .pdf .md .txt")]) -> None:
    """收入文件；原件复制保存，重建后仍在。"""
    library = load_settings().library()
    failed = False
    for path in files:
        try:
            added = library.add(path, ProgressBar())
        except DocumentError as error:
            failed = True
            typer.echo(f"未收入：{error}", err=True)
        else:
            typer.echo(f"{added.document}：{'已收入' if added.is_new else '已在库中'}")
    if failed:
        raise typer.Exit(FAILURE)


@app.command()
def remove(document: Annotated[str, typer.Argument(help="文件名，见 list")]) -> None:
    """移出一个文件；数据文件夹里的原件不动，只是不再收入。"""
    library = load_settings().library()
    library.remove(document, ProgressBar())
    typer.echo(f"{document}：已移出")


@app.command("list")
def list_command(as_json: JsonOption = False) -> None:
    """列出已收入的文件。"""
    manifest = load_settings().library().build(ProgressBar())
    if as_json:
        typer.echo(json.dumps([asdict(record) for record in manifest.documents], ensure_ascii=False, indent=2))
        return
    for record in manifest.documents:
        typer.echo(
            f"{record.document}  {record.state}  {record.sections} 节  {record.passages} 段  {record.bytes} 字节"
        )
    _tell(manifest)


@app.command()
def search(
    query: str,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="最多几段")] = 5,
    kind: KindOption = "hybrid",
    document: Annotated[str, typer.Option("--document", help="只在这个文件中找")] = "",
    section: Annotated[str, typer.Option("--section", help="只在这个标题下找")] = "",
    as_json: JsonOption = False,
) -> None:
    """检索与一句话最相关的段落。"""
    retriever = load_settings().library().open(ProgressBar())
    hits, fault = retriever.search_surely(query, k, kind=kind, document=document, section=section)
    if fault:
        typer.echo(f"提示：{fault}；以下只按关键词检索。", err=True)
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


@app.command()
def bench(
    passages: Annotated[Path, typer.Option("--passages", help='每行 {"id","text"}')],
    queries: Annotated[Path, typer.Option("--queries", help='每行 {"id","query","relevant":[…],"ignore":[…]}')],
    kind: KindOption = "hybrid",
    as_json: JsonOption = False,
) -> None:
    """在一份语料上测量检索的质量与速度。"""
    from knowledge.bench import measure, read_corpus

    measures = measure(*read_corpus(passages, queries), load_settings().embedding(), kind, ProgressBar())
    if as_json:
        typer.echo(json.dumps(measures))
        return
    for name, value in measures.items():
        typer.echo(f"{name:<14}{value:>10}")


def _tell(manifest: Manifest) -> None:
    indexed = sum(record.is_indexed for record in manifest.documents)
    typer.echo(f"{indexed} 个文件，{manifest.passages} 段。")


if __name__ == "__main__":
    run(app, {KnowledgeError: FAILURE, SettingsError: USAGE})
