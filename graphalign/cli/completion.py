"""graphalign completion: the script by which a shell completes its commands and options."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that lets a shell complete words.

    \b
    bash  graphalign completion bash >> ~/.bashrc
    zsh   graphalign completion zsh >> ~/.zshrc
    fish  graphalign completion fish > ~/.config/fish/completions/graphalign.fish
    """  # noqa: D301 (click's mark)
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"{shell} cannot be completed")
    root = click.get_current_context().find_root().command
    click.echo(made(root, {}, "graphalign", "_GRAPHALIGN_COMPLETE").source())
