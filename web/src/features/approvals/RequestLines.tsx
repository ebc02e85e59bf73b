import type { FieldMeta } from '@/api/types';
import type { FieldError } from '@/api/problem';
import { FieldInput } from '@/features/fields/FieldInput';
import { useName } from '@/ui/names';
import css from './ApprovalRequest.module.css';

type Props = { lines: FieldMeta[]; form: Record<string, unknown>; onChange: (form: Record<string, unknown>) => void; errors?: FieldError[] };

/** The lines that a requester fills. */
export function RequestLines({ lines, form, onChange, errors = [] }: Props) {
  const name = useName();
  const errorOf = (key: string) => errors.find((one) => one.field === `form.${key}`)?.message;
  return lines.map((line) => (
    <div key={line.key} className={css.field}>
      <span>
        {name(line.name)} {line.required && <b className={css.must}>*</b>}
      </span>
      <FieldInput
        field={line}
        label={name(line.name)}
        value={form[line.key] ?? null}
        status={errorOf(line.key) ? 'error' : ''}
        onChange={(value) => {
          onChange({ ...form, [line.key]: value });
        }}
      />
      <span className={css.error}>{errorOf(line.key)}</span>
    </div>
  ));
}
