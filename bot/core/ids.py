from bot.chat.ids import Dice, Id, Ids, read, show

__all__ = ["Dice", "Id", "Ids", "read", "show"]
