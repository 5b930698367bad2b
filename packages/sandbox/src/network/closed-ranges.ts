/**
 * What `public` keeps functions from: everything that IANA's special-purpose registries say is not reachable from the internet at large (RFC 6890 and its
 * successors), but for the documentation ranges, behind which there is nobody. Numbers are prefix lengths.
 */
export const closedIpv4: readonly string[] = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private, RFC 1918
  "100.64.0.0/10", // carriers' own, RFC 6598; the sandboxes' own addresses lie here, too
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local, cloud providers' instance metadata among it
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments, RFC 6890
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks, RFC 2544
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
];

/** The prefix under which a translator reaches IPv4 from IPv6 (NAT64, RFC 6052): what is closed there is closed here. */
const translated = (range: string): string => {
  const [address = "", length] = range.split("/");
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return `64:ff9b::${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}/${96 + Number(length)}`;
};

export const closedIpv6: readonly string[] = [
  "::/96", // unspecified, loopback, and IPv4-compatible
  "::ffff:0:0/96", // IPv4-mapped
  "64:ff9b:1::/48", // translation within one's own network, RFC 8215
  "100::/64", // discard
  "2001::/32", // Teredo, holds IPv4
  "2002::/16", // 6to4, holds IPv4
  "fc00::/7", // unique local
  "fe80::/10", // link-local
  "fec0::/10", // site-local, as it once was
  "ff00::/8", // multicast
  ...closedIpv4.map(translated),
];
