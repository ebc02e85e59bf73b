import {
  AimOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AlertOutlined,
  AuditOutlined,
  BarChartOutlined,
  BranchesOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  CloudUploadOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DotChartOutlined,
  EnvironmentOutlined,
  ExperimentOutlined,
  EyeOutlined,
  FileDoneOutlined,
  FieldTimeOutlined,
  FlagOutlined,
  FormOutlined,
  FundProjectionScreenOutlined,
  FunnelPlotOutlined,
  HeatMapOutlined,
  ImportOutlined,
  InboxOutlined,
  LineChartOutlined,
  KeyOutlined,
  MessageOutlined,
  NotificationOutlined,
  PartitionOutlined,
  PhoneOutlined,
  MedicineBoxOutlined,
  PieChartOutlined,
  RadarChartOutlined,
  ReadOutlined,
  RetweetOutlined,
  RobotOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  ShareAltOutlined,
  StarOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaseCount } from '@/features/approvals/cases';
import { leadsOthers, useMe } from '@/features/identity/session';
import { usePools } from '@/features/pool/pools';
import { listPath } from '@/features/records/address';
import { useTypes } from '@/features/records/meta';
import { useName } from '@/ui/names';
import { typeIcon } from './icons';

export type MenuEntry = { key: string; to: string; label: string; icon: ReactNode; badge?: number };
export type MenuGroup = { key: string; label: string; entries: MenuEntry[] };

/** What this person finds in the menu, by group. */
export function useMenu(): MenuGroup[] {
  const { t } = useTranslation('app');
  const name = useName();
  const me = useMe();
  const types = useTypes();
  const waiting = useCaseCount().data;
  const pools = usePools();
  const may = (permission: string) => me.is_admin || me.admin.includes(permission);
  const entry = (key: string, to: string, icon: ReactNode): MenuEntry => ({ key, to, icon, label: t(`menu.${key}`) });
  const records = types
    .filter((type) => type.can.read !== 'none')
    .map((type) => ({ key: type.key, to: listPath(type.key), label: name(type.plural), icon: typeIcon(type.icon, type.key) }));
  const approvals = { ...entry('approvals', '/approvals', <FileDoneOutlined />), badge: (waiting?.todo ?? 0) + (waiting?.returned ?? 0) };
  const readsLeads = types.some((type) => type.key === 'lead' && type.can.read !== 'none');
  const readsContacts = types.some((type) => type.key === 'contact' && type.can.read !== 'none');
  const readsDeals = types.some((type) => type.key === 'deal' && type.can.read !== 'none');
  const process = [
    entry('exceptions', '/exceptions', <SafetyCertificateOutlined />),
    ...(may('process.view') ? [entry('processes', '/processes', <PartitionOutlined />)] : []),
    ...(readsContacts ? [entry('phoneChecks', '/phone-checks', <PhoneOutlined />)] : []),
    entry('fill', '/fill-rates', <BarChartOutlined />),
    entry('approvalReport', '/approvals/report', <PieChartOutlined />),
    ...(may('import.run') ? [entry('imports', '/imports', <CloudUploadOutlined />)] : []),
  ];
  const growth = [
    ...(readsLeads ? [entry('channelBoard', '/channel-board', <FunnelPlotOutlined />)] : []),
    ...(may('capture.manage') ? [entry('capture', '/capture', <ImportOutlined />)] : []),
    ...(may('scoring.manage') && !may('capture.manage') ? [entry('tracking', '/admin/tracking', <EyeOutlined />)] : []),
    ...(may('scoring.manage') || may('process.view') ? [entry('scoring', '/admin/scoring', <StarOutlined />)] : []),
    ...(may('routing.manage') ? [entry('routing', '/admin/routing', <BranchesOutlined />)] : []),
    ...(may('pool.manage') ? [entry('poolRules', '/admin/pools', <InboxOutlined />)] : []),
    ...(readsLeads ? [entry('nurture', '/nurture', <ShareAltOutlined />)] : []),
  ];
  const admin = [
    ...(may('users.manage') ? [entry('users', '/admin/users', <UserOutlined />)] : []),
    ...(may('org.manage') ? [entry('units', '/admin/units', <TeamOutlined />)] : []),
    ...(may('roles.manage') ? [entry('roles', '/admin/roles', <SafetyCertificateOutlined />)] : []),
    ...(may('fields.manage') ? [entry('fields', '/admin/fields', <FormOutlined />)] : []),
    ...(may('approvals.manage') ? [entry('flows', '/admin/flows', <ApartmentOutlined />)] : []),
    ...(may('notices.manage') ? [entry('channels', '/admin/channels', <NotificationOutlined />)] : []),
    ...(may('sla.manage') || may('process.view') ? [entry('policies', '/admin/policies', <FieldTimeOutlined />)] : []),
    ...(may('followups.manage') ? [entry('followupStandards', '/admin/followup-standards', <EnvironmentOutlined />)] : []),
    ...(may('sla.manage') ? [entry('calendars', '/admin/calendars', <CalendarOutlined />)] : []),
    ...(may('integrations.manage') ? [entry('integrations', '/admin/integrations', <ApiOutlined />)] : []),
    ...(may('privacy.manage') ? [entry('privacy', '/admin/privacy', <SafetyOutlined />)] : []),
    ...(may('language.manage') ? [entry('language', '/admin/language', <RobotOutlined />)] : []),
    ...(may('support.manage') ? [entry('supportRules', '/admin/support', <CustomerServiceOutlined />)] : []),
    ...(may('saleslog.manage') ? [entry('logSettings', '/admin/saleslog', <ReadOutlined />)] : []),
    entry('keys', '/admin/keys', <KeyOutlined />),
    ...(may('audit.read') ? [entry('audit', '/admin/audit', <AuditOutlined />)] : []),
  ];
  const team = leadsOthers(me) ? [entry('workbench', '/workbench', <FundProjectionScreenOutlined />), entry('fieldInsight', '/field-insight', <RadarChartOutlined />), entry('supervision', '/supervision', <AlertOutlined />), ...(readsDeals ? [entry('stepBacks', '/step-backs', <RetweetOutlined />), entry('layers', '/attribution', <PartitionOutlined />), entry('winTouches', '/win-touches', <AimOutlined />)] : []), entry('selfCheck', '/self-check', <MedicineBoxOutlined />), entry('pilots', '/pilots', <ExperimentOutlined />)] : [];
  const groups = [
    { key: 'work', label: t('groups.work'), entries: [entry('today', '/', <DashboardOutlined />), entry('boards', '/boards', <HeatMapOutlined />), entry('figures', '/figures', <DotChartOutlined />), ...(readsDeals ? [entry('forecast', '/forecast', <LineChartOutlined />), entry('targets', '/targets', <FlagOutlined />)] : []), entry('agenda', '/agenda', <ScheduleOutlined />), ...team, approvals, entry('tasks', '/tasks', <CarryOutOutlined />), entry('saleslog', '/saleslog', <ReadOutlined />), entry('support', '/support', <CustomerServiceOutlined />), entry('playbooks', '/playbooks', <ReadOutlined />), entry('followups', '/followups', <EnvironmentOutlined />), entry('conversations', '/conversations', <MessageOutlined />), ...records, ...(pools.data?.length ? [entry('pools', '/pools', <InboxOutlined />)] : [])] },
    { key: 'growth', label: t('groups.growth'), entries: growth },
    { key: 'process', label: t('groups.process'), entries: process },
    { key: 'admin', label: t('groups.admin'), entries: admin },
  ];
  return groups.filter((group) => group.entries.length > 0);
}
