import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '@/api/problem';
import { FieldInput } from '@/features/fields/FieldInput';
import { PeoplePicker } from '@/features/org/PeoplePicker';
import { Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import css from './ApprovalRequest.module.css';
import { ownLines, type Wish } from './request';
import { useFlow, usePreview } from './flow/flows';

type Props = { flow: string; recordId: number | null; wish: Wish; onChange: (wish: Wish) => void; errors: FieldError[] };

/** What a request for approval says: its own lines, the people one chooses, a remark; and whom it will pass. */
export default function ApprovalRequest({ flow: key, recordId, wish, onChange, errors }: Props) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const flow = useFlow(key);
  const trial = useRested({ record_id: recordId, requester_id: null, definition: null, form: wish.form, chosen: wish.chosen }, 400);
  const path = usePreview(key, trial);
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message;
  const nodeName = (node: string) => name(path.data?.path.find((one) => one.key === node)?.name) || node;
  return (
    <section className={css.request} aria-label={t('request.title')}>
      <h3>{name(flow.data?.name) || t('request.title')}</h3>
      {ownLines(flow.data).map((line) => (
        <div key={line.key} className={css.field}>
          <span>
            {name(line.name)} {line.required && <b className={css.must}>*</b>}
          </span>
          <FieldInput
            field={line}
            label={name(line.name)}
            value={wish.form[line.key] ?? null}
            status={errorOf(`form.${line.key}`) ? 'error' : ''}
            onChange={(value) => {
              onChange({ ...wish, form: { ...wish.form, [line.key]: value } });
            }}
          />
          <span className={css.error}>{errorOf(`form.${line.key}`)}</span>
        </div>
      ))}
      {(path.data?.needs_choice ?? []).map((node) => (
        <div key={node} className={css.field}>
          <span>
            {t('request.choose', { node: nodeName(node) })} <b className={css.must}>*</b>
          </span>
          <PeoplePicker
            label={t('request.choose', { node: nodeName(node) })}
            value={wish.chosen[node] ?? []}
            onChange={(ids) => {
              onChange({ ...wish, chosen: { ...wish.chosen, [node]: ids } });
            }}
          />
        </div>
      ))}
      <label className={css.field}>
        <span>{t('request.comment')}</span>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={wish.comment}
          onChange={(event) => {
            onChange({ ...wish, comment: event.target.value });
          }}
        />
      </label>
      <Faces query={path} rows={2}>
        {(data) => (
          <div className={css.path}>
            <span className="muted">{t('request.path')}</span>
            <ol>
              {data.path
                .filter((node) => !node.is_skipped)
                .map((node) => (
                  <li key={node.key}>
                    <strong>{name(node.name)}</strong> {node.people.map((seat) => seat.person.name).join('、') || t('flow.toChoose')}
                  </li>
                ))}
            </ol>
          </div>
        )}
      </Faces>
    </section>
  );
}
