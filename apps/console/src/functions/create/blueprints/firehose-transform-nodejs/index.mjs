/** Changes records on their way through a delivery stream. Each comes back as `Ok`, `Dropped` or `ProcessingFailed`. */
export const handler = async (event) => {
  const records = event.records.map(transform);
  const count = (result) => records.filter((record) => record.result === result).length;
  console.log(JSON.stringify({ ok: count("Ok"), dropped: count("Dropped"), failed: count("ProcessingFailed") }));
  return { records };
};

function transform({ recordId, data }) {
  const reading = parse(data);
  if (reading === undefined) return { recordId, result: "ProcessingFailed", data };
  if (reading.level === "debug") return { recordId, result: "Dropped", data };
  const line = { ...reading, celsius: Math.round((reading.fahrenheit - 32) / 0.18) / 10 };
  // One line of JSON for each record: what the stream writes can be read line by line.
  return { recordId, result: "Ok", data: Buffer.from(`${JSON.stringify(line)}\n`).toString("base64") };
}

function parse(data) {
  try {
    return JSON.parse(Buffer.from(data, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
