import { total } from "./orders.mjs";

const json = (statusCode, body) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** What each method and path does. */
const routes = {
  "GET /health": () => json(200, { status: "ok" }),
  "POST /orders": (event) => {
    const order = readBody(event);
    if (!Array.isArray(order?.items)) return json(400, { message: "The body must be JSON with a list of items." });
    return json(201, { total: total(order.items), items: order.items.length });
  },
};

/** Answers requests of an HTTP API or a function URL (payload format 2.0). */
export const handler = async (event) => {
  const { method, path } = event.requestContext.http;
  const route = routes[`${method} ${path}`];
  console.log(JSON.stringify({ method, path, found: route !== undefined }));
  return route ? route(event) : json(404, { message: `There is no ${method} ${path}` });
};

/** The body as JSON; undefined if it is none. */
function readBody({ body, isBase64Encoded }) {
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body);
  } catch {
    return undefined;
  }
}
