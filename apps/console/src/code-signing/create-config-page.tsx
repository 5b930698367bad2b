import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { requestOf, type ConfigFacts } from "./config-facts.ts";
import { ConfigForm } from "./config-form.tsx";

const empty: ConfigFacts = { description: "", profiles: [""], policy: "Warn" };

/** Makes a code signing configuration. */
export function CreateCodeSigningPage() {
  usePage({
    title: "Create code signing configuration",
    help: "code-signing",
    contentType: "form",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Code signing configurations", href: paths.codeSigning },
      { text: "Create configuration", href: paths.createCodeSigning },
    ],
  });
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (facts: ConfigFacts): Promise<void> => {
    const { CodeSigningConfig } = await send("lambda", "CreateCodeSigningConfig", requestOf(facts));
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListCodeSigningConfigs") });
    flash.success(
      "code-signing",
      `Created ${CodeSigningConfig?.CodeSigningConfigId}. Choose it in a function's Configuration tab, under Code signing.`,
    );
    void navigate(paths.codeSigningConfig(CodeSigningConfig?.CodeSigningConfigArn ?? ""));
  };
  return (
    <ConfigForm
      title="Create code signing configuration"
      action="Create configuration"
      initial={empty}
      arn={undefined}
      save={save}
      onCancel={() => void navigate(paths.codeSigning)}
    />
  );
}
