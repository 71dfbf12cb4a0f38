### How answers to one question went over a year: the words of the picture, and the same as lines to read.

trend-missing = no figures
trend-untold = Nothing could be told.
trend-counts = { $band }: about { $n }
trend-shares = { $band }: about { $n }%
trend-hardly = { $band }: hardly anybody
trend-most = { $band }: nearly everybody
trend-few = { $band }: few
trend-comparator = { $share }% { $says }
trend-source = To hold it against, a published figure: { $share }% { $says }. Source: { $source }.
trend-source-other = Published of another question, so no measure for this one: { $share }% { $says }. Source: { $source }.
trend-alt = A picture: a bar for each week from { $first } to { $last }, parted by what people answered to “{ $question }”.
trend-alt-band = { $band }: { $start } at first, { $end } last; between { $low } and { $high }.
trend-alt-share = about { $n }%
trend-alt-all = nearly everybody
trend-alt-none = hardly anybody
trend-alt-gaps = Weeks without figures: { $n }.
