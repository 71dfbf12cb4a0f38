### Two accounts of one person: connecting them, and parting with one.

says-connect = Be here from a second place too, as yourself.
takes-connect = code
menu-connect = Connect an account

title = Your accounts

place-slack = Slack
place-discord = Discord
place-local = the community space
nameless = Somebody without a name

code = To be here from a second place as well, go there and say “/headsup connect { $code }” within ten minutes.
code-note = Give this code to nobody: whoever enters it asks to become you. I never ask you for it, and neither does anybody else here.
how = If you’re a member somewhere else already, say “/headsup connect” there. I’ll show you a code, and you bring it here.
enter = Enter a code

form-title = Connect this account
form-label = Your code
form-hint = The one I showed you at the other place. If somebody gave you theirs, please close this.
form-send = Go on
code-wrong = That code isn’t one I can use. Codes work once, for ten minutes, and after five wrong ones I take none for an hour. A new one comes with “/headsup connect” at the other place.

is-this-you = This is the code of { $name }, on { $place }. Is that you?
what-is-shared = Connecting shows here everything that { $name } sees: their profile, whom they meet, what they answer. And whatever you do here, you do as { $name }.
is-this-you-note = Before anything happens, { $name } is asked on { $place }, and reads that you’re called { $mine } here. If somebody asked you to enter this, please say it isn’t you.
thats-me = Yes, I’m { $name }
not-me = That isn’t me
now-there = Thank you. Now I’m asking you on { $place }. If you don’t say yes there within ten minutes, nothing happens.

let-in = { $name }, on { $place }, has entered your code and wants to be connected to you, { $mine }.
what-is-shared-with-it = That gives them everything about you: your profile, whom you meet, what you answer. And they can act as you.
let-in-note = Only say yes if this is you yourself, at that other place. If somebody asked you for your code, say no: nothing has happened yet.
let-in-press = Yes, that’s me too
let-in-question = Give that account everything about you?
let-in-yes = Yes, it’s mine
let-in-no = Not now
keep-out = No, that isn’t me

connected = Done. You’re now { $name } here and on { $place }. For a day, that account can’t ask for your data, have you forgotten, or connect others.
welcome = You’re connected: here, too, you’re { $name } now.
welcome-note = Your data, and being forgotten, open here in a day. Until then they’re at the place where you made the code.
notice = You’re now here from { $place } as well.
notice-note = If that wasn’t you, part with it now, and tell an organiser.

elsewhere = You’re also here from these places.
disconnect = Part with { $place }
disconnect-question = Shall that account be nobody here any more?
disconnect-yes = Part with it
disconnect-no = Keep it
parted = That account on { $place } isn’t yours here any more.
parted-with = This account isn’t connected to anybody any more. To be here with it, say “/headsup start”.
nothing-done = That’s fine. Nothing has happened, and that code is of no use now.
too-late = That’s too late now, and nothing has happened. A new code comes with “/headsup connect”.
already = You’re connected already: this is your own code.
has-a-home = You’re a member of your own here, { $name }, so I can’t connect you to somebody else. If that’s you twice, leave here first with “/headsup leave”, and then enter a new code.
guest = I can only connect people who belong to this workspace themselves, not its guests. An organiser can tell you more.
