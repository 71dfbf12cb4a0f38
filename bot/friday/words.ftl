### The Friday letter: what is coming. Each room brings its own sentences.

title = The week to come

## For organisers

told-late = I was asleep when the Friday letter was due, so it only reached those who hear from me at weekends. The next one goes out as usual.
