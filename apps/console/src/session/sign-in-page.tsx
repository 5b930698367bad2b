import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useEffect, useState, type ReactNode } from "react";
import { createMayflyClient } from "../api/mayfly-client.ts";
import { problemOf } from "../api/problem.ts";
import { CliCommand } from "../shared/cli-command.tsx";
import { signIn } from "./session.ts";
import "./sign-in-page.css";

interface SignInPageProps {
  /** Why nobody is signed in any more. */
  readonly reason?: string | undefined;
  /** Why the one-time link did not sign in. */
  readonly linkProblem?: string | undefined;
}

/** Signs in: by an access key or an IAM user's password; says how to get a one-time link. */
export function SignInPage({ reason, linkProblem }: SignInPageProps) {
  const [problem, setProblem] = useState(linkProblem);
  useEffect(() => {
    const before = document.title;
    document.title = "Sign in | Mayfly";
    return () => {
      document.title = before;
    };
  }, []);
  return (
    <main className="sign-in">
      <SpaceBetween size="l">
        <Box textAlign="center">
          <img src="/console/mayfly.svg" alt="" width={56} height={56} />
          <Box variant="h1">Sign in to Mayfly</Box>
        </Box>
        {reason && <Alert type="info">{reason}</Alert>}
        {problem && (
          <Alert type="error" header="That did not sign you in">
            {problem}
          </Alert>
        )}
        <Container header={<Header variant="h2">With a one-time link</Header>}>
          <SpaceBetween size="xs">
            <Box>Run this where the server runs. It prints a link that signs you in once.</Box>
            <CliCommand command="npx mayfly signin" />
          </SpaceBetween>
        </Container>
        <Container>
          <Tabs
            tabs={[
              { id: "key", label: "Access key", content: <AccessKeyForm onProblem={setProblem} /> },
              { id: "password", label: "IAM user", content: <PasswordForm onProblem={setProblem} /> },
            ]}
          />
        </Container>
      </SpaceBetween>
    </main>
  );
}

interface FormProps {
  readonly onProblem: (message: string | undefined) => void;
}

function AccessKeyForm({ onProblem }: FormProps) {
  const [accessKeyId, setAccessKeyId] = useState("");
  const [secretAccessKey, setSecretAccessKey] = useState("");
  return (
    <SignInForm
      onProblem={onProblem}
      submit={async () => {
        // The key signs one request here in the page; the secret itself is sent nowhere.
        const client = createMayflyClient({
          endpoint: location.origin,
          region: "us-east-1",
          credentials: async () => ({ accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }),
        });
        const { SigninToken } = await client.send("CreateSigninToken", {});
        await signIn({ signinToken: SigninToken });
      }}
    >
      <FormField label="Access key ID">
        <Input value={accessKeyId} onChange={({ detail }) => setAccessKeyId(detail.value)} autoComplete="off" spellcheck={false} />
      </FormField>
      <FormField label="Secret access key" description="It stays in this page: a request is signed with it, the key itself is not sent.">
        <Input value={secretAccessKey} type="password" onChange={({ detail }) => setSecretAccessKey(detail.value)} autoComplete="off" />
      </FormField>
    </SignInForm>
  );
}

function PasswordForm({ onProblem }: FormProps) {
  const [accountId, setAccountId] = useState("");
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <SignInForm onProblem={onProblem} submit={() => signIn({ accountId: accountId.trim(), userName: userName.trim(), password })}>
      <FormField label="Account ID" description="12 digits">
        <Input value={accountId} onChange={({ detail }) => setAccountId(detail.value)} inputMode="numeric" autoComplete="organization" />
      </FormField>
      <FormField label="User name">
        <Input value={userName} onChange={({ detail }) => setUserName(detail.value)} autoComplete="username" spellcheck={false} />
      </FormField>
      <FormField label="Password">
        <Input value={password} type="password" onChange={({ detail }) => setPassword(detail.value)} autoComplete="current-password" />
      </FormField>
    </SignInForm>
  );
}

function SignInForm({ submit, onProblem, children }: FormProps & { readonly submit: () => Promise<void>; readonly children: ReactNode }) {
  const [busy, setBusy] = useState(false);
  const onSubmit = async (): Promise<void> => {
    setBusy(true);
    onProblem(undefined);
    try {
      await submit();
    } catch (error) {
      onProblem(problemOf(error).message);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <Form
        actions={
          <Button variant="primary" formAction="submit" loading={busy}>
            Sign in
          </Button>
        }
      >
        <SpaceBetween size="m">{[children].flat()}</SpaceBetween>
      </Form>
    </form>
  );
}
