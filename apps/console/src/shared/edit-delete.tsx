import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface EditDeleteProps {
  /** What is edited or deleted: screen readers say it with each button. */
  readonly name: string;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
  /** Why it can't be edited here; undefined if it can. */
  readonly cannotEdit?: string | undefined;
}

/** What can be done with a row of a table. */
export const EditDelete = ({ name, onEdit, onDelete, cannotEdit }: EditDeleteProps) => (
  <SpaceBetween direction="horizontal" size="xs">
    <Button
      key="edit"
      variant="inline-link"
      ariaLabel={`Edit ${name}`}
      onClick={onEdit}
      {...(cannotEdit !== undefined && { disabled: true, disabledReason: cannotEdit })}
    >
      Edit
    </Button>
    <Button key="delete" variant="inline-link" ariaLabel={`Delete ${name}`} onClick={onDelete}>
      Delete
    </Button>
  </SpaceBetween>
);
