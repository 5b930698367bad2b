import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import type { DestinationPolicy } from "./destination-policy.ts";

/** What a permission is said to be. */
export interface PermissionTexts {
  /** `may invoke it` */
  readonly may: string;
  /** Why the role needs it. */
  readonly need: string;
  /** What one consents to. */
  readonly consent: string;
}

/** Of sending to a queue. */
export const sendPermissionTexts = (roleName: string): PermissionTexts => ({
  may: "may send to the queue",
  need: `Lambda sends the message as the execution role ${roleName}, which needs sqs:SendMessage on the queue.`,
  consent: "Let the role send to the queue",
});

/** Of publishing to a topic. */
export const publishPermissionTexts = (roleName: string): PermissionTexts => ({
  may: "may publish to the topic",
  need: `Lambda publishes the message as the execution role ${roleName}, which needs sns:Publish on the topic.`,
  consent: "Let the role publish to the topic",
});

/** Of writing to a bucket. */
export const writePermissionTexts = (roleName: string): PermissionTexts => ({
  may: "may write to the bucket",
  need: `Lambda writes the record as the execution role ${roleName}, which needs s3:PutObject and s3:ListBucket on the bucket.`,
  consent: "Let the role write to the bucket",
});

interface RolePermissionProps {
  readonly policy: DestinationPolicy;
  readonly texts: PermissionTexts;
  /** Whether the role has the policy; undefined: not known yet. */
  readonly has: boolean | undefined;
  readonly consent: boolean;
  readonly onConsent: (consent: boolean) => void;
}

/** Says which permission the execution role needs, and asks whether it is to get it. */
export function RolePermission({ policy: { RoleName, PolicyName }, texts, has, consent, onConsent }: RolePermissionProps) {
  if (has)
    return (
      <Alert type="success">
        The execution role {RoleName} {texts.may}: it has the policy {PolicyName}.
      </Alert>
    );
  return (
    <FormField label="Permission" description={texts.need}>
      <Checkbox
        checked={consent}
        description={`Adds the inline policy ${PolicyName} to the role. Leave it out if the role has the permission already.`}
        onChange={({ detail }) => onConsent(detail.checked)}
      >
        {texts.consent}
      </Checkbox>
    </FormField>
  );
}
