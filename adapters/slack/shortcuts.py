"""The commands that stand in Slack's own menus: at most five, for those who do not type."""

from bot.chat.command import Tree
from bot.chat.inbound import Used

SHORTCUTS: dict[tuple[Tree, str], str] = {
    (Tree.MEMBER, "menu"): "What HeadsUp can do",
    (Tree.HELP_NOW, ""): "Help now",
    (Tree.MEMBER, "partner"): "My partner",
    (Tree.MEMBER, "checkin"): "Say whether we talked",
    (Tree.MEMBER, "pause"): "Take a pause",
}
"""What each is called there. None belongs to a message: Slack would send us what it says."""


def callback_id(tree: Tree, word: str) -> str:
    """The name by which Slack tells us which was chosen."""
    return f"{tree.value} {word}".strip()


def used(callback: str) -> Used | None:
    """The command that a shortcut means; None for one that is none of ours."""
    return next((Used(*key) for key in SHORTCUTS if callback_id(*key) == callback), None)
