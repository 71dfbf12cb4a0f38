"""Discord: servers of people who talk to each other, and the bot among them. A translator, never a thinker."""
