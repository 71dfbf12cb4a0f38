### The demo's clock bar: what comes next, and what happened meanwhile.

## What comes next. Each has the name of a rule of time.

introductions = { $day }’s introductions
checkins = { $day }’s check-in

## What happened meanwhile

wrote = { $author } wrote to { $reader }
bot-wrote = HeadsUp wrote to { $reader }
met = { $reader } was introduced to { $others }
introductions-made = Introductions went out: { $count }
checkins-sent = People were asked whether they talked: { $count }
answers = Check-ins were answered: { $count }
came = { $name } joined
several-came = People joined: { $count }
went = { $name } left
several-went = People left: { $count }
two-names = { $one } and { $two }
