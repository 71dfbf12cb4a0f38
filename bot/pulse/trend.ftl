### How answers to one question went over a year: the words of the picture, and the same as lines to read.

trend-none = No figures yet.
trend-missing = no figures
trend-line = { $day }: { $told }
trend-untold = Nothing could be told that week.
trend-counts = { $band }: about { $n }
trend-shares = { $band }: about { $n }%
trend-hardly = { $band }: hardly anybody
trend-most = { $band }: nearly everybody
trend-few = { $band }: few
trend-comparator = { $share }% { $says }
trend-source = Beside it stands a published figure: { $share }% { $says }. Source: { $source }.
trend-alt = A picture: a bar for each week from { $first } to { $last }, parted by what people answered to “{ $question }”.
trend-alt-band = { $band }: { $start } at first, { $end } last; between { $low } and { $high }.
trend-alt-share = about { $n }%
trend-alt-all = nearly everybody
trend-alt-none = hardly anybody
trend-alt-gaps = Weeks without figures: { $n }.
