### Events in one's own calendar: a file for one of them, an address for all.

calendar-name = HeadsUp
calendar-busy = Busy

title = Your calendar
open = My calendar
add = Add to my calendar

files-only = With each yes you can have a file for your calendar: press “Add to my calendar” there. This network has no address from which a calendar could fetch all of them.
has-none = I can give you an address from which your calendar fetches what you’ve said yes or perhaps to, and follows every change. Whoever has the address can see the same, so it’s yours alone.
has = Your calendar can fetch what you’ve said yes or perhaps to, and follows every change. I keep no copy of the address: if you need it again, I make a new one, and the old one ends.
shows-busy = It shows “Busy”, and no titles.
shows-titles = It shows titles, places and what they’re about.
show-titles = Show titles in it
hide-titles = Show “Busy” instead of titles
make = Make an address for my calendar
again = Make a new address
again-question = The address you have now ends. Make a new one?
end = End the address
end-question = Nothing can be fetched there any more, and what your calendar shows of it goes. End it?
keep = Leave it as it is
address = Here it is, this once: { $url }
address-note = In your calendar, look for “subscribe” or “add from the internet”, and put it there. Please give it to nobody: anybody who has it sees what you see.

file = { $title }, for your calendar. Open the file, and it asks whether to add it.
file-sent = I’ve sent you the file in our direct messages.
not-coming = That’s for what you’ve said yes or perhaps to, and have a place at.
