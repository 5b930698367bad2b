import type { HelpTopic } from "../help-topic.ts";

/** The pages of identities and policies. */
export const iamTopics: Readonly<Record<string, HelpTopic>> = {
  roles: {
    title: "Roles",
    content: (
      <>
        <p>
          A role is an identity with permissions and without a password. Whoever its trust policy names can assume it for a time: a
          function, another service, a user of an account.
        </p>
        <h3>Execution roles</h3>
        <p>A function runs as its execution role. What the policies of that role do not allow, the code can&apos;t do.</p>
        <h3>Deleting</h3>
        <p>Functions that use a deleted role fail from then on. Managed policies stay; inline policies go with the role.</p>
      </>
    ),
  },
  role: {
    title: "Role",
    content: (
      <>
        <h3>Permissions</h3>
        <p>
          A <strong>managed policy</strong> stands by itself and can be attached to many roles and users. An <strong>inline policy</strong>{" "}
          belongs to this role alone. Something is allowed if one of them allows it and none denies it.
        </p>
        <p>
          A <strong>permissions boundary</strong> allows nothing by itself. It is the most that the role can ever do: what it does not
          allow, no policy can give.
        </p>
        <h3>Trust relationships</h3>
        <p>The trust policy names who may assume the role. Without the principal lambda.amazonaws.com no function can use it.</p>
        <h3>Used by</h3>
        <p>The functions that run as this role now.</p>
      </>
    ),
  },
  "create-role": {
    title: "Create role",
    content: (
      <>
        <h3>Trusted entity</h3>
        <p>
          <strong>AWS service</strong> lets a service act with the role; for a function choose Lambda. <strong>AWS account</strong> lets
          users and roles of an account assume it. <strong>Custom trust policy</strong> is for everything else.
        </p>
        <p>
          An external ID is a word that a third party has to give when it assumes the role for you, so that nobody else can make it do so.
        </p>
        <h3>Permissions</h3>
        <p>
          Choose a policy&apos;s name to see what it allows. To write logs, a function&apos;s role needs AWSLambdaBasicExecutionRole or its
          like.
        </p>
        <h3>If something fails</h3>
        <p>What was made up to then is taken back, and the form keeps what you typed.</p>
      </>
    ),
  },
  policies: {
    title: "Policies",
    content: (
      <>
        <p>
          A managed policy stands by itself and gives its permissions to every role and user that it is attached to. AWS&apos;s own
          can&apos;t be changed.
        </p>
      </>
    ),
  },
  policy: {
    title: "Policy",
    content: (
      <>
        <h3>Permissions</h3>
        <p>The default version is what counts. An edit makes a new version, the default, at once.</p>
        <h3>Versions</h3>
        <p>Five are kept. Set an older one as default to go back.</p>
        <h3>Entities attached</h3>
        <p>Roles and users that have the policy; detaching takes the permissions at once.</p>
      </>
    ),
  },
  "create-policy": {
    title: "Create policy",
    content: (
      <>
        <p>
          A statement has an <strong>Effect</strong>, <strong>Actions</strong> such as s3:GetObject, and the <strong>Resources</strong> they
          are about, as ARNs. * stands for any text. What no statement allows is denied; Deny wins over Allow.
        </p>
        <p>What is wrong is marked while you type, and what the policy means is said below it.</p>
      </>
    ),
  },
  users: {
    title: "Users",
    content: (
      <>
        <p>
          A user has credentials that last: a password for this console, up to two access keys for programs. Give people and programs a user
          each, with the permissions they need; keep the root user for what nobody else may do.
        </p>
        <h3>Deleting</h3>
        <p>Keys, password and inline policies go with the user. Requests signed with its keys are refused at once.</p>
      </>
    ),
  },
  user: {
    title: "User",
    content: (
      <>
        <h3>Permissions</h3>
        <p>Something is allowed if one of the policies allows it and none denies it.</p>
        <h3>Security credentials</h3>
        <p>
          A secret is shown once, when it is made. To change an access key without a gap, make a second one, put it to use, deactivate the
          first and delete it when nothing complains.
        </p>
      </>
    ),
  },
  "create-user": {
    title: "Create user",
    content: (
      <>
        <p>
          With <strong>console access</strong> the user signs in here with account ID, name and password. Programs need an access key, made
          on the user&apos;s page.
        </p>
        <h3>If something fails</h3>
        <p>What was made up to then is taken back, and the form keeps what you typed.</p>
      </>
    ),
  },
};
