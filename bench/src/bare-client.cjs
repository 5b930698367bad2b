// The least that can stand behind a front: reads frames (length in 4 bytes, then that many) from a Unix socket and sends each back.
// Plain JavaScript: stripping types would be a part of its start.
const { connect } = require("node:net");

const socket = connect(process.argv[2]);
let pending = Buffer.alloc(0);
socket.on("data", (chunk) => {
  pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  let end = 0;
  while (pending.length - end >= 4 && pending.length - end >= 4 + pending.readUInt32BE(end)) end += 4 + pending.readUInt32BE(end);
  socket.write(pending.subarray(0, end));
  pending = pending.subarray(end);
});
socket.on("error", () => process.exit());
socket.on("close", () => process.exit());
