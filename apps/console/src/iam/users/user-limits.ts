/** IAM's limits of a user. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const userLimits = { nameCharacters: 64, accessKeys: 2, leastPasswordCharacters: 8 } as const;

/** What is wrong with a user's name, in AWS's words. */
export function userNameProblem(name: string): string | undefined {
  if (name === "") return "User name is required.";
  if (!/^[\w+=,.@-]+$/.test(name)) return "User name is invalid. Use alphanumeric and '+=,.@-_' characters.";
  return name.length > userLimits.nameCharacters
    ? `Maximum ${userLimits.nameCharacters} characters; this name has ${name.length}.`
    : undefined;
}

const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=[\]{}|']/] as const;

/** What is wrong with a password: AWS's rules where an account has none of its own. */
export function passwordProblem(password: string, userName: string): string | undefined {
  if (password.length < userLimits.leastPasswordCharacters)
    return `A password has at least ${userLimits.leastPasswordCharacters} characters.`;
  if (kinds.filter((kind) => kind.test(password)).length < 3)
    return "A password has at least three of these: uppercase letters, lowercase letters, numbers, and ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '";
  return password.toLowerCase() === userName.toLowerCase() ? "A password must not be the user's name." : undefined;
}
