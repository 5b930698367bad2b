import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { CreationFailure, CreationProgress } from "../../functions/create/creation-progress.tsx";
import { PlanFailed, runPlan, type StepReport } from "../../functions/create/creation-plan.ts";
import { isUncertain } from "../../functions/create/is-uncertain.ts";
import { tagProblem } from "../../functions/create/function-form.ts";
import { PairsEditor } from "../../functions/detail/configuration/pairs-editor.tsx";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { useAccountId } from "../account-id.ts";
import { identityLimits } from "../identity/identity.ts";
import { PolicyPicker } from "../policy-picker.tsx";
import { generatedPassword } from "./generated-password.ts";
import { PasswordField } from "./password-field.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { userCreationCommands, userCreationSteps, type UserForm } from "./user-creation.ts";
import { passwordProblem, userNameProblem } from "./user-limits.ts";

/** Makes a user. */
export function CreateUserPage() {
  usePage({
    title: "Create user",
    help: "create-user",
    contentType: "form",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Users", href: paths.users },
      { text: "Create user", href: paths.createUser },
    ],
  });
  const [form, setForm] = useState<UserForm>({ name: "", password: undefined, policyArns: [], tags: [] });
  const [shown, setShown] = useState(false);
  const set = (facts: Partial<UserForm>): void => setForm((now) => ({ ...now, ...facts }));
  const creation = useUserCreation();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const problems = problemsOf(form);
  const problem = (text: string | undefined, isTyped: boolean): string | undefined => (shown || isTyped ? text : undefined);
  const submit = (): void => {
    setShown(true);
    if (Object.values(problems).some((text) => text !== undefined))
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    else void creation.create(form);
  };
  return (
    <form
      ref={element}
      aria-label="Create user"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" info={<InfoLink topic="create-user" about="creating a user" />}>
            Create user
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" onClick={() => void navigate(paths.users)}>
              Cancel
            </Button>
            <Button key="create" variant="primary" loading={creation.busy}>
              Create user
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <Container key="details" header={<Header variant="h2">User details</Header>}>
            <SpaceBetween size="m">
              <FormField
                key="name"
                label="User name"
                constraintText="Maximum 64 characters. Use alphanumeric and '+=,.@-_' characters."
                errorText={problem(problems.name, form.name !== "")}
              >
                <Input
                  value={form.name}
                  autoFocus
                  autoComplete={false}
                  spellcheck={false}
                  ariaRequired
                  onChange={({ detail }) => set({ name: detail.value })}
                />
              </FormField>
              <Checkbox
                key="access"
                checked={form.password !== undefined}
                description="With a password the user signs in to this console. Programs need access keys instead: make them on the user's page."
                onChange={({ detail }) => set({ password: detail.checked ? generatedPassword() : undefined })}
              >
                Provide user access to the console
              </Checkbox>
              {form.password !== undefined && (
                <PasswordField
                  key="password"
                  password={form.password}
                  onChange={(password) => set({ password })}
                  problem={problem(problems.password, false)}
                />
              )}
            </SpaceBetween>
          </Container>
          <FormField key="policies" stretch errorText={problems.policies}>
            <PolicyPicker
              title="Permissions policies"
              description="Without a policy the user may do nothing. A policy's name shows what it says."
              selected={form.policyArns}
              onChange={(policyArns) => set({ policyArns })}
            />
          </FormField>
          <Container
            key="tags"
            header={<Header variant="h2">Tags</Header>}
            footer={<EquivalentCli commands={userCreationCommands(form)} />}
          >
            <PairsEditor
              pairs={form.tags}
              onChange={(tags) => set({ tags })}
              noun="tag"
              most={identityLimits.tags}
              keyProblem={(pair, index) => (shown || pair.key !== "" ? tagProblem(pair, index, form.tags) : undefined)}
            />
          </Container>
          {creation.busy && <CreationProgress key="progress" reports={creation.reports} />}
          {creation.failed && <CreationFailure key="failure" reports={creation.reports} what="user" />}
        </SpaceBetween>
      </Form>
      {creation.made && <NewPassword form={creation.made} onClose={() => void navigate(paths.user(form.name))} />}
    </form>
  );
}

function problemsOf({ name, password, policyArns, tags }: UserForm) {
  const most = identityLimits.attachedPolicies;
  return {
    name: userNameProblem(name),
    password: password === undefined ? undefined : passwordProblem(password, name),
    policies: policyArns.length > most ? `A user can have at most ${most} managed policies; ${policyArns.length} are selected.` : undefined,
    tags: tags.map(tagProblem).find((text) => text !== undefined),
  };
}

/** Makes users. What a failed creation has made is taken back. */
function useUserCreation() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [reports, setReports] = useState<readonly StepReport[]>([]);
  const [made, setMade] = useState<UserForm>();
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  const create = async (form: UserForm): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await runPlan(userCreationSteps(form), { onChange: setReports, isUncertain });
    } catch (error) {
      if (!(error instanceof PlanFailed)) throw error;
      setFailed(true);
      return;
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    flash.success("user-created", `User ${form.name} created. Make an access key under Security credentials for the aws CLI and SDKs.`);
    if (form.password === undefined) void navigate(paths.user(form.name));
    else setMade(form);
  };
  return { busy, failed, reports, made, create };
}

function NewPassword({ form: { name, password = "" }, onClose }: { readonly form: UserForm; readonly onClose: () => void }) {
  const accountId = useAccountId();
  return (
    <SecretDialog
      title={`User ${name} created`}
      fileName={`${name}-console.csv`}
      parts={[
        { label: "Sign-in address", value: `${location.origin}/console/signin` },
        { label: "Account ID", value: accountId },
        { label: "User name", value: name },
        { label: "Password", value: password, secret: true },
      ]}
      onClose={onClose}
    />
  );
}
