import { useAws } from "../api/hooks.ts";

const words = {
  none: "AWS services on Mayfly only",
  public: "AWS services on Mayfly, and the internet",
  all: "AWS services on Mayfly, and whatever this server's machine reaches",
} as const;

/** What functions reach on this server, and what to do if that is less than was asked for; a dash for those who may not know. */
export function useNetworkReach(): string {
  const { data } = useAws("mayfly", "GetServerInfo", {});
  if (data === undefined) return "-";
  const { FunctionNetwork, FunctionNetworkLacking } = data;
  return FunctionNetworkLacking === undefined ? words[FunctionNetwork] : `${words[FunctionNetwork]}: ${FunctionNetworkLacking}`;
}
