import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import type { IdentityDocument } from "./identity-documents.ts";
import { useIdentity } from "./identity.ts";
import { identityCommand, operationsOn } from "./identity-operations.ts";

interface RemovePoliciesDialogProps {
  readonly policies: readonly IdentityDocument[];
  readonly onClose: () => void;
}

/** Detaches managed policies and deletes inline ones, after a question. */
export function RemovePoliciesDialog({ policies, onClose }: RemovePoliciesDialogProps) {
  const identity = useIdentity();
  const cache = useQueryClient();
  const flash = useFlash();
  const inline = policies.filter(({ arn }) => arn === undefined);
  const [only] = policies;
  const what = policies.length === 1 ? `policy ${only?.name ?? ""}` : `${policies.length} policies`;
  const remove = async (): Promise<void> => {
    try {
      for (const { name, arn } of policies) {
        if (arn === undefined) await operationsOn(identity).deleteInline(name);
        else await operationsOn(identity).detach(arn);
      }
    } finally {
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    flash.success("iam-edit", `Removed ${what} from ${identity.name}.`);
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
          {identity.kind === "role" ? "Whoever has the role" : "The user"} loses what {policies.length === 1 ? "it allows" : "they allow"}{" "}
          at once.
          {inline.length > 0 && " A deleted inline policy can't be brought back."}
        </Box>
        <EquivalentCli
          key="cli"
          commands={policies.map(({ name, arn }) =>
            arn === undefined
              ? identityCommand(identity, "delete-KIND-policy", { "policy-name": name })
              : identityCommand(identity, "detach-KIND-policy", { "policy-arn": arn }),
          )}
        />
      </SpaceBetween>
    </ConfirmDialog>
  );
}
