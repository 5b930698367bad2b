import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { RetentionSelect } from "./retention-select.tsx";
import { retentionText } from "./retention.ts";

interface RetentionDialogProps {
  readonly logGroupName: string;
  readonly retentionInDays: number | undefined;
  readonly onClose: () => void;
}

/** Changes how long a group's lines are kept. */
export function RetentionDialog({ logGroupName, retentionInDays, onClose }: RetentionDialogProps) {
  const [days, setDays] = useState(retentionInDays);
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (): Promise<void> => {
    if (days === undefined) await send("logs", "DeleteRetentionPolicy", { logGroupName });
    else await send("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: days });
    await cache.invalidateQueries({ queryKey: keyOf("logs") });
    flash.success("log-group", `${logGroupName} keeps its lines: ${retentionText(days).toLowerCase()}.`);
  };
  return (
    <ConfirmDialog title={`Retention of ${logGroupName}`} action="Save" onConfirm={save} onClose={onClose}>
      <RetentionSelect days={days} onDays={setDays} />
    </ConfirmDialog>
  );
}
