import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard, { type WizardProps } from "@cloudscape-design/components/wizard";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { problemOf } from "../../api/problem.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { CreationFailure, CreationProgress } from "../../functions/create/creation-progress.tsx";
import { useAddressState } from "../../shared/address-state.ts";
import { InfoLink } from "../../shared/info-link.tsx";
import { PermissionsStep } from "./permissions-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { roleStepId } from "./role-creation.ts";
import { TrustStep } from "./trust-step.tsx";
import { useRoleCreation, type RoleCreation } from "./use-role-creation.tsx";
import { useRoleForm, type RoleFormState } from "./use-role-form.ts";

const texts: WizardProps.I18nStrings = {
  stepNumberLabel: (step) => `Step ${step}`,
  collapsedStepsLabel: (step, count) => `Step ${step} of ${count}`,
  skipToButtonLabel: ({ title }) => `Skip to ${title}`,
  navigationAriaLabel: "Steps",
  cancelButton: "Cancel",
  previousButton: "Previous",
  nextButton: "Next",
  optional: "optional",
  submitButtonLoadingAnnouncement: "Creating the role",
};

/** Create role, in three steps. What is typed stays while one goes back and forth. */
export function CreateRolePage() {
  usePage({
    title: "Create role",
    help: "create-role",
    contentType: "wizard",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Roles", href: paths.roles },
      { text: "Create role", href: paths.createRole },
    ],
  });
  const state = useRoleForm();
  const creation = useRoleCreation();
  const navigate = useNavigate();
  const steps = useSteps(state);
  const submit = async (): Promise<void> => {
    if (creation.busy || !steps.tryLeave(3)) return;
    const failed = await creation.create(state.form);
    if (failed?.id !== roleStepId) return;
    const { code, message } = problemOf(failed.error);
    if (!code.startsWith("EntityAlreadyExists")) return;
    state.refuseName(message);
    steps.focusProblem();
  };
  return (
    <div ref={steps.element}>
      <Wizard
        i18nStrings={texts}
        submitButtonText="Create role"
        isLoadingNextStep={creation.busy}
        activeStepIndex={steps.active}
        onNavigate={({ detail }) => steps.goTo(detail.requestedStepIndex)}
        onCancel={() => void navigate(paths.roles)}
        onSubmit={() => void submit()}
        steps={[
          {
            title: "Select trusted entity",
            info: <InfoLink topic="create-role" about="trusted entities" />,
            description: "Who may assume the role: a service, the users and roles of an account, or whoever your own trust policy names.",
            content: <TrustStep {...state} />,
          },
          {
            title: "Add permissions",
            description: "What the role allows. Policies can be attached and detached later, too.",
            isOptional: true,
            content: <PermissionsStep {...state} />,
          },
          {
            title: "Name, review, and create",
            content: (
              <SpaceBetween size="l">
                <ReviewStep key="review" {...state} onEditStep={steps.goTo} onSubmit={() => void submit()} />
                <Outcome key="outcome" creation={creation} roleName={state.form.name} />
              </SpaceBetween>
            ),
          },
        ]}
      />
    </div>
  );
}

function Outcome({ creation: { busy, reports }, roleName }: { readonly creation: RoleCreation; readonly roleName: string }) {
  if (busy)
    return (
      <Alert type="info" header={`Creating ${roleName}`}>
        <CreationProgress reports={reports} />
      </Alert>
    );
  return reports.some((report) => report.state === "failed") && <CreationFailure reports={reports} what="role" />;
}

/** The step that is shown, in the address: the browser's back button goes to the one before. Steps that are not filled in are not left forwards. */
function useSteps(state: RoleFormState) {
  const [text, setText] = useAddressState("step", "push");
  const element = useRef<HTMLDivElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>("[aria-invalid=true], .policy-problems button")?.focus();
  }, [refusals]);
  const wanted = Math.max(0, Math.min(2, Number(text ?? "1") - 1 || 0));
  // A step that was typed into the address, or a page loaded anew, begins where something is missing.
  const active = state.firstWrongStep(wanted) ?? wanted;
  const show = (step: number): void => setText(step === 0 ? undefined : String(step + 1));
  const focusProblem = (): void => setRefusals((count) => count + 1);
  const tryLeave = (to: number): boolean => {
    const wrong = state.firstWrongStep(to);
    if (wrong === undefined) return true;
    state.showStep(wrong);
    show(wrong);
    focusProblem();
    return false;
  };
  const goTo = (step: number): void => {
    if (tryLeave(step)) show(step);
  };
  return { element, active, goTo, tryLeave, focusProblem };
}
