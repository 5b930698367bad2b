import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { cliCommand, EquivalentCli } from "../../../shared/equivalent-cli.tsx";
import type { RoleDocument } from "../../role-documents.ts";
import { useCurrentRole } from "./role-context.ts";

interface RemovePoliciesDialogProps {
  readonly policies: readonly RoleDocument[];
  readonly onClose: () => void;
}

/** Detaches managed policies and deletes inline ones, after a question. */
export function RemovePoliciesDialog({ policies, onClose }: RemovePoliciesDialogProps) {
  const { roleName } = useCurrentRole();
  const cache = useQueryClient();
  const flash = useFlash();
  const inline = policies.filter(({ arn }) => arn === undefined);
  const [only] = policies;
  const what = policies.length === 1 ? `policy ${only?.name ?? ""}` : `${policies.length} policies`;
  const remove = async (): Promise<void> => {
    try {
      for (const { name, arn } of policies) {
        if (arn === undefined) await send("iam", "DeleteRolePolicy", { RoleName: roleName, PolicyName: name });
        else await send("iam", "DetachRolePolicy", { RoleName: roleName, PolicyArn: arn });
      }
    } finally {
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    flash.success("role", `Removed ${what} from ${roleName}.`);
  };
  return (
    <ConfirmDialog title={`Remove ${what}?`} action="Remove" onConfirm={remove} onClose={onClose}>
      <SpaceBetween size="s">
        <ul key="names">
          {policies.map(({ name, arn }) => (
            <li key={arn ?? name}>
              {name}: {arn === undefined ? "inline, deleted for good" : "detached; the policy itself stays"}
            </li>
          ))}
        </ul>
        <Box key="consequence">
          Whoever has the role loses what {policies.length === 1 ? "it allows" : "they allow"} at once.
          {inline.length > 0 && " A deleted inline policy can't be brought back."}
        </Box>
        <EquivalentCli
          key="cli"
          commands={policies.map(({ name, arn }) =>
            arn === undefined
              ? cliCommand("iam", "delete-role-policy", { "role-name": roleName, "policy-name": name })
              : cliCommand("iam", "detach-role-policy", { "role-name": roleName, "policy-arn": arn }),
          )}
        />
      </SpaceBetween>
    </ConfirmDialog>
  );
}
