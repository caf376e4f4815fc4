// Half a minute in half a second: time-outs of the library are not waited for.
"use strict";
{
  const before = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) => before(work, ms >= 8000 ? ms / 60 : ms, ...rest);
}
