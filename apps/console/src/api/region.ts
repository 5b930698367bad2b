const key = "mayfly.region";

/** Regions to choose from; every other works by its name in `?region=`. */
export const regions: readonly { readonly id: string; readonly name: string }[] = [
  { id: "us-east-1", name: "US East (N. Virginia)" },
  { id: "us-east-2", name: "US East (Ohio)" },
  { id: "us-west-1", name: "US West (N. California)" },
  { id: "us-west-2", name: "US West (Oregon)" },
  { id: "ca-central-1", name: "Canada (Central)" },
  { id: "sa-east-1", name: "South America (São Paulo)" },
  { id: "eu-central-1", name: "Europe (Frankfurt)" },
  { id: "eu-west-1", name: "Europe (Ireland)" },
  { id: "eu-west-2", name: "Europe (London)" },
  { id: "eu-west-3", name: "Europe (Paris)" },
  { id: "eu-north-1", name: "Europe (Stockholm)" },
  { id: "ap-south-1", name: "Asia Pacific (Mumbai)" },
  { id: "ap-northeast-1", name: "Asia Pacific (Tokyo)" },
  { id: "ap-northeast-2", name: "Asia Pacific (Seoul)" },
  { id: "ap-southeast-1", name: "Asia Pacific (Singapore)" },
  { id: "ap-southeast-2", name: "Asia Pacific (Sydney)" },
];

const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

function fromAddress(): string | undefined {
  const asked = new URLSearchParams(location.search).get("region");
  return asked !== null && regionName.test(asked) ? asked : undefined;
}

/** The region chosen by the address (`?region=`), else the one used last in this browser, else undefined: the server's own. */
export function chosenRegion(): string | undefined {
  return fromAddress() ?? localStorage.getItem(key) ?? undefined;
}

/** Goes to another region: the page starts anew there, at the list that the current page belongs to. */
export function goToRegion(region: string): void {
  localStorage.setItem(key, region);
  const section =
    /^\/console\/(functions|layers|code-signing|s3\/buckets|sqs\/queues|sns\/(?:topics|subscriptions|outbox)|logs|iam\/\w+)/.exec(
      location.pathname,
    )?.[0] ?? "/console/functions";
  location.assign(section);
}
