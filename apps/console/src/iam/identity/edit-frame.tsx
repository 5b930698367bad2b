import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { SaveForm } from "../../shared/save-form.tsx";

interface EditFrameProps {
  /** `Edit trust policy` */
  readonly title: string;
  readonly description?: string;
  /** Of the button: `Update policy`. */
  readonly action: string;
  readonly isValid: boolean;
  /** Called when somebody tries to save what is not valid: the fields then show their problems. */
  readonly onInvalid: () => void;
  readonly save: () => Promise<unknown>;
  /** Said when it was saved. */
  readonly done: string;
  readonly commands: readonly string[];
  readonly onClose: () => void;
  /** The children stand in frames of their own. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** The frame of a form about a role, user or policy: title, button, equivalent command, and what went wrong. */
export function EditFrame(props: EditFrameProps) {
  const { title, description, action, isValid, onInvalid, commands, onClose, bare, children } = props;
  const cache = useQueryClient();
  const flash = useFlash();
  const renew = () => cache.invalidateQueries({ queryKey: keyOf("iam") });
  const save = async (): Promise<void> => {
    try {
      await props.save();
    } catch (error) {
      // A change of several parts may have been made in part.
      void renew();
      throw error;
    }
    await renew();
    flash.success("iam-edit", props.done);
    onClose();
  };
  const cli = <EquivalentCli commands={commands} />;
  const form = { title, action, isValid, onInvalid, save, failed: "The changes were not saved", onCancel: onClose };
  return (
    <SaveForm {...form}>
      {bare ? (
        <SpaceBetween key="fields" size="s">
          {children}
          <div key="cli">{cli}</div>
        </SpaceBetween>
      ) : (
        <Container
          key="fields"
          header={
            <Header variant="h2" {...(description && { description })}>
              {title}
            </Header>
          }
          footer={cli}
        >
          {children}
        </Container>
      )}
    </SaveForm>
  );
}
