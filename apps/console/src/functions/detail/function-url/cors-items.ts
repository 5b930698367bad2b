import type { Cors } from "@aws-sdk/client-lambda";

/** A fact of a CORS configuration, as it is shown. */
interface CorsItem {
  readonly label: string;
  readonly value: string;
}

/** What is set of a CORS configuration. */
export function corsItems({ AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge, AllowCredentials }: Cors): CorsItem[] {
  const lists = [
    { label: "Allow origin", list: AllowOrigins },
    { label: "Allow methods", list: AllowMethods },
    { label: "Allow headers", list: AllowHeaders },
    { label: "Expose headers", list: ExposeHeaders },
  ].flatMap(({ label, list }) => (list?.length ? [{ label, value: list.join(", ") }] : []));
  return [
    ...lists,
    ...(MaxAge ? [{ label: "Max age", value: `${MaxAge} s` }] : []),
    ...(AllowCredentials ? [{ label: "Allow credentials", value: "Yes" }] : []),
  ];
}
