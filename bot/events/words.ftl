### Events.
