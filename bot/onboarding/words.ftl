### At the door: welcome, who one is, consents, waiting for a vouch.

says-start = Join, or go on where you left off.
menu-start = Let’s start

## Welcome

welcome = Hello { $name }, and welcome. You’re among heads who know what this job is really like. I’m HeadsUp, a bot: I introduce people and remember dates, and nobody reads what you type to me. Setting up takes a minute.
welcome-nameless = Hello, and welcome. You’re among heads who know what this job is really like. I’m HeadsUp, a bot: I introduce people and remember dates, and nobody reads what you type to me. Setting up takes a minute.
start = Let’s start
later = Later
later-said = Of course. I won’t ask again. Whenever you like, it’s one press.
have-code = I have a code
nudge = Hello { $name }. You’d begun to set things up here, and whatever you told me is kept. It takes a minute, whenever that suits you. I won’t remind you again.
nudge-nameless = Hello. You’d begun to set things up here, and whatever you told me is kept. It takes a minute, whenever that suits you. I won’t remind you again.
nudge-go-on = Let’s go on

## On the home page

home-new = Here are heads who know what this job is really like. I’m HeadsUp, a bot: I introduce people to each other and remember dates. Setting up takes a minute.
home-joining = You’d begun to set things up here, { $name }, and what you told me is kept. Whenever it suits you, it takes a minute.

## Who one is

who-title = A few words about you
who-name = Your name
who-nation = Where you work
who-role = Your role
who-send = Go on

## Consents

card-title = What somebody would see
card-opening = Thank you, { $name }. This is what another member sees when I introduce you. You can change it whenever you like.
card-school = I tell those I introduce you to that you’re at { $school } only if you say so on the next page.
consent-ask = May I introduce you to other members? Each one sees your name, role, phase, what you’d like to talk about and the times you offered, and your school only if you tick it. You can stop with one press, and nobody is told why.
consent-open = Choose what HeadsUp may do
consent-title = May I?
consent-label = Tick whatever is all right with you
consent-introductions = Yes, introduce me to other members
consent-messages = Yes, write to me here: introductions, check-ins
consent-pulse = Yes, ask me each week how things are; only totals are ever kept
consent-school = Yes, show my school to those I’m introduced to
consent-send = Done

## What comes of it

waiting = That’s everything, { $name }. Somebody who knows this network lets each newcomer in, and I’ll write as soon as they have. There’s nothing more to do.
in = That’s everything, { $name }. You’re in.
in-introduced = I’ll introduce you to another head the next time introductions go out, usually on a Monday morning.
in-unintroduced = I won’t introduce you to anybody until you say so in your settings. To introduce you I need both: your yes to introductions, and to messages.
profile = My profile
settings = My settings
already-in = You’re in already, { $name }. You can change what I know of you, or what I may do, whenever you like.
come-back = Hello { $name }. You had stopped, and your profile is still here. Shall I start again?
im-back = I’m back
again = Good to see you again, { $name }. Everything is as you left it.
again-joining = Good to see you again, { $name }. You’d begun to set things up here, and what you told me is kept. Shall we go on?
pause = Pause
guest = I can only let in people who belong to this workspace themselves, not its guests. An organiser can tell you more.
suspended = An organiser has put your membership on hold. They can tell you more.

## Organisers

waits-title = Somebody would like to join
waits = { $name } has said who they are, and can be introduced once an organiser says yes. Do you know them, or does somebody you trust?
waits-who = { $name }: { $who }

## Personal codes

code-title = Your personal code
code-label = Your code
code-hint = From your organiser’s letter, such as 7K3MQ-9TDXA
code-send = Go on
code-found = That’s you, { $name }. Welcome. Your organiser has told me a little already, so there’s less to fill in.
code-go-on = Go on
code-wrong = I don’t know that code. Please look at it again: each works once. If another account of yours showed it, say “/headsup connect” with the code behind it. After five tries, please wait an hour, or ask your organiser for a new one.

## When something can’t be kept

error-name = Please tell me your name: any way you like to be called.
error-choice = Please choose one from the list.
error-school = Please write the name of your school, in one line.
error-begin = Let’s begin at the beginning: it takes a minute.
