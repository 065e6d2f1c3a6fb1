-- load.lua: what wrk asks for: one of the paths of a file after the other, with the session's cookie; at the end one
-- line of JSON. Arguments: FILE [COOKIE].
local paths, headers, at = {}, {}, 0

function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  if args[2] and args[2] ~= "" then headers["Cookie"] = args[2] end
  at = math.random(#paths)
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{"a_second": %.3f, "p99_ms": %.3f, "failed": %d}\n', summary.requests / (summary.duration / 1e6),
    latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
