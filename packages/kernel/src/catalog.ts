/**
 * Every AWS service that Mayfly knows the types of: service name, then operation, then `{input, output}`. Empty here; each of
 * wire's type modules (`@mayfly/wire/lambda`) adds its service by declaration merging.
 */
export interface ServiceCatalog {}

/** A service's name as its SigV4 credential scope has it: `lambda`, `logs`, `iam`, `sts`. */
export type ServiceName = Extract<keyof ServiceCatalog, string>;

/** An operation's name in AWS's spelling. */
export type OperationName<S extends ServiceName> = Extract<keyof ServiceCatalog[S], string>;

/** What the caller sends. */
export type InputOf<S extends ServiceName, O extends OperationName<S>> = ServiceCatalog[S][O] extends { input: infer I } ? I : never;

/** What the operation answers. */
export type OutputOf<S extends ServiceName, O extends OperationName<S>> = ServiceCatalog[S][O] extends { output: infer U } ? U : never;

/** A typed call to another service in this process. Throws that service's Fault, or AccessDenied. */
export type ServiceCall = <S extends ServiceName, O extends OperationName<S>>(
  service: S,
  operation: O,
  input: InputOf<S, O>,
) => Promise<OutputOf<S, O>>;

/** An input after the model's constraints were checked: what the model requires is there. */
export type Checked<T> = T extends object
  ? { [K in keyof T]: undefined extends T[K] ? (Record<string, never> extends Pick<T, K> ? T[K] : Exclude<T[K], undefined>) : T[K] }
  : T;
