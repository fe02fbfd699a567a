-- Health of a Millrace resource; the first rule that matches wins. One script for both kinds.
local function text(condition)
  local reason = condition.reason or "Unknown"
  if condition.message == nil or condition.message == "" then
    return reason
  end
  return reason .. ": " .. condition.message
end

if obj.metadata.deletionTimestamp ~= nil then
  return { status = "Progressing", message = "being deleted" }
end

local generation = obj.metadata.generation
local status = obj.status
if status == nil or type(status.conditions) ~= "table" or next(status.conditions) == nil
    or status.observedGeneration == nil or status.observedGeneration ~= generation then
  return { status = "Progressing", message = "waiting for the Millrace operator" }
end

-- What was found for another generation says nothing about this one.
local found = {}
for _, condition in ipairs(status.conditions) do
  if condition.observedGeneration == generation then
    found[condition.type] = condition
  end
end

if found.Stalled ~= nil and found.Stalled.status == "True" then
  return { status = "Degraded", message = text(found.Stalled) }
end
if found.Reconciling ~= nil and found.Reconciling.status == "True" then
  return { status = "Progressing", message = text(found.Reconciling) }
end

local ready = found.Ready
if ready == nil then
  return { status = "Progressing", message = "waiting for the Millrace operator" }
end
if ready.status ~= "True" then
  return { status = "Progressing", message = text(ready) }
end

-- Suspended is Healthy: Argo's own Suspended would keep a sync wave open for ever.
local message = text(ready)
if ready.reason ~= "Suspended" then
  for _, name in ipairs({ "Checkpointing", "Fresh", "LabelsFlowing", "LastRunSucceeded", "DataQuality" }) do
    if found[name] ~= nil and found[name].status == "False" then
      message = message .. " | " .. name .. "=False " .. text(found[name])
    end
  end
end
return { status = "Healthy", message = message }
