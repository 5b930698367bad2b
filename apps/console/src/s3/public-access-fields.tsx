import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { accessTexts, allBlocked, noneBlocked, type PublicAccess } from "./public-access.ts";

interface PublicAccessFieldsProps {
  readonly access: PublicAccess;
  readonly onChange: (access: PublicAccess) => void;
}

/** Blocks public access, all of it or in parts. */
export function PublicAccessFields({ access, onChange }: PublicAccessFieldsProps) {
  const count = Object.values(access).filter(Boolean).length;
  return (
    <SpaceBetween size="s">
      <Checkbox
        key="all"
        checked={count === 4}
        indeterminate={count > 0 && count < 4}
        description="The four below together."
        onChange={({ detail }) => onChange(detail.checked ? allBlocked : noneBlocked)}
      >
        Block all public access
      </Checkbox>
      <div key="each" className="public-access-parts">
        <SpaceBetween size="s">
          {accessTexts.map(({ name, label, description }) => (
            <Checkbox
              key={name}
              checked={access[name]}
              description={description}
              onChange={({ detail }) => onChange({ ...access, [name]: detail.checked })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </div>
      {count < 4 && (
        <Alert key="warning" type="warning">
          With a policy that says so, everybody who reaches this server may read what is in the bucket, or write to it.
        </Alert>
      )}
    </SpaceBetween>
  );
}
