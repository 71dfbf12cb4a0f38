from bot.door.cli import main

main()
