import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";

/** AWS's further settings, with why this server does not have them. */
const settings = [
  { label: "Enable function URL", reason: "Give it one under Configuration, Function URL, once it is made." },
  { label: "Enable VPC", reason: "This server has no virtual networks: a VPC configuration is kept, and has no effect." },
  { label: "Enable code signing", reason: "Choose a configuration under Configuration, Code signing, once it is made." },
];

/** Settings that AWS has and this server has not: in sight, off, with the reason. */
export function NotYetSettings() {
  return (
    <SpaceBetween size="s">
      {settings.map(({ label, reason }) => (
        <Checkbox key={label} checked={false} disabled description={reason}>
          {label}
        </Checkbox>
      ))}
    </SpaceBetween>
  );
}
