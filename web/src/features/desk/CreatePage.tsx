import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { problemOf } from '@/api/problem';
import type { TypeMeta } from '@/api/types';
import { DuplicateWarning } from '@/features/customers/DuplicateWarning';
import { FieldForm } from '@/features/fields/FieldForm';
import { isBlank } from '@/features/fields/rules';
import { useMe } from '@/features/identity/session';
import { listPath, recordPath, useAddress } from '@/features/records/address';
import { useMeta } from '@/features/records/meta';
import { useCreateRecord } from '@/features/records/queries';
import { Face, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './CreatePage.module.css';
import { dropDraft, keepDraft, readDraft } from './drafts';

/** A new record from the definitions of its type. */
export default function CreatePage() {
  const { t } = useTranslation();
  const { type: key } = useParams();
  const meta = useMeta();
  return (
    <Faces query={meta}>
      {({ record_types: types }) => {
        const type = types.find((one) => one.key === key);
        return type ? <CreateForm key={type.key} type={type} /> : <Face mark="?" title={t('notFound')} hint={t('notFoundHint')} />;
      }}
    </Faces>
  );
}

function given(text: string): Record<string, unknown> {
  try {
    return text ? (JSON.parse(text) as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function CreateForm({ type }: { type: TypeMeta }) {
  const { t } = useTranslation('desk');
  const name = useName();
  const say = useToast();
  const navigate = useNavigate();
  const address = useAddress();
  const me = useMe();
  const create = useCreateRecord(type.key);
  const defaults = Object.fromEntries(
    type.fields.filter((field) => field.default !== null && field.default !== undefined).map((field) => [field.key, field.default]),
  );
  const preset = { ...defaults, ...given(address.get('with')) };
  const [draft] = useState(() => readDraft(me.id, type.key));
  const [values, setValues] = useState<Record<string, unknown>>({ ...preset, ...draft, ...given(address.get('with')) });
  const fields = type.fields.filter((field) => field.access === 'edit');
  const few = fields.filter((field) => field.required || field.key in preset || type.card_fields.includes(field.key));
  const [all, setAll] = useState(fields.length <= 12);
  const problem = problemOf(create.error);
  const typeName = name(type.name);

  const change = (next: Record<string, unknown>) => {
    setValues(next);
    keepDraft(me.id, type.key, next);
  };
  const reset = () => {
    dropDraft(me.id, type.key);
    create.reset();
    setValues(preset);
  };
  const save = (another: boolean) => {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
    create.mutate(filled, {
      onSuccess: (record) => {
        reset();
        say('ok', t('create.created', { title: record.title }));
        if (!another) void navigate(recordPath(type.key, record.id), { replace: true });
      },
      onError: (error) => {
        say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
      },
    });
  };
  return (
    <form
      className={css.page}
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(event.shiftKey);
      }}
    >
      <header className={css.head}>
        <h1>{t('create.title', { type: typeName })}</h1>
        {Object.keys(draft).length > 0 && (
          <span className="muted">
            {t('create.draftFound')}{' '}
            <button type="button" className="plain" style={{ color: 'var(--link)' }} onClick={reset}>
              {t('create.dropDraft')}
            </button>
          </span>
        )}
      </header>
      <div className={css.body}>
        <DuplicateWarning type={type.key} titleField={type.title_field} values={values} />
        <FieldForm
          type={type}
          fields={all ? fields : few}
          values={values}
          onChange={change}
          errors={problem?.errors}
          prefix="new"
        />
        {fields.length > few.length && (
          <Button
            type="link"
            onClick={() => {
              setAll(!all);
            }}
          >
            {t(all ? 'create.less' : 'create.more')}
          </Button>
        )}
      </div>
      <footer className={css.foot}>
        <Button onClick={() => void navigate(listPath(type.key))}>{t('cancel', { ns: 'ui' })}</Button>
        <Button
          onClick={() => {
            save(true);
          }}
          disabled={create.isPending}
        >
          {t('create.saveAndNew')}
        </Button>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('create.save')}
        </Button>
      </footer>
    </form>
  );
}
