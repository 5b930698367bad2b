import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { splitLayerArn } from "../../../layers/layer-facts.ts";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { layersCommand, useSaveLayers } from "./use-save-layers.ts";
import "./edit-layers-dialog.css";

interface EditLayersDialogProps {
  /** Those that the function has, in their order. */
  readonly arns: readonly string[];
  readonly onClose: () => void;
}

/** Moves layers in their order, and removes them. */
export function EditLayersDialog({ arns, onClose }: EditLayersDialogProps) {
  const { functionName } = useCurrentFunction();
  const [next, setNext] = useState(arns);
  const save = useSaveLayers();
  const move = (index: number, by: number): void => {
    const moved = [...next];
    const [arn = ""] = moved.splice(index, 1);
    moved.splice(index + by, 0, arn);
    setNext(moved);
  };
  return (
    <FormDialog
      title="Edit layers"
      action="Save"
      submit={() => save(next)}
      commands={[layersCommand(functionName, next)]}
      onClose={onClose}
    >
      <SpaceBetween size="s">
        <Box key="what" color="text-body-secondary">
          The last one lies on top: its files hide those of the same name below.
        </Box>
        <ol key="layers" className="layer-order" aria-label="Merge order">
          {next.map((arn, index) => {
            const { name, version } = splitLayerArn(arn);
            return (
              <li key={arn}>
                <div>
                  <span className="break-all">
                    {name}, version {version}
                  </span>
                  <SpaceBetween direction="horizontal" size="xxs">
                    <Button
                      key="up"
                      variant="icon"
                      iconName="arrow-up"
                      formAction="none"
                      ariaLabel={`Move ${name} up`}
                      disabled={index === 0}
                      onClick={() => move(index, -1)}
                    />
                    <Button
                      key="down"
                      variant="icon"
                      iconName="arrow-down"
                      formAction="none"
                      ariaLabel={`Move ${name} down`}
                      disabled={index === next.length - 1}
                      onClick={() => move(index, 1)}
                    />
                    <Button
                      key="remove"
                      variant="icon"
                      iconName="remove"
                      formAction="none"
                      ariaLabel={`Remove ${name}`}
                      onClick={() => setNext(next.filter((other) => other !== arn))}
                    />
                  </SpaceBetween>
                </div>
              </li>
            );
          })}
        </ol>
        {next.length === 0 && <Box key="none">The function will have no layers.</Box>}
      </SpaceBetween>
    </FormDialog>
  );
}
