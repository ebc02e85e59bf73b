/* The names that screens use for what the generated schema describes; nothing is written by hand. */
import type { components } from './generated/schema';

type Schemas = components['schemas'];

export type Name = { [language: string]: string };
export type Ref = Schemas['Ref'];
export type Me = Schemas['Me'];
export type Session = Schemas['Session'];
export type DemoAccount = Schemas['DemoAccount'];

export type Meta = Schemas['Meta'];
export type TypeMeta = Schemas['TypeMeta'];
export type FieldMeta = Schemas['FieldMeta'];
export type SectionMeta = Schemas['SectionMeta'];
export type StageMeta = Schemas['StageMeta'];
export type Choice = Schemas['ChoiceOut'];

export type RecordItem = Schemas['RecordOut'];
export type RecordDetail = Schemas['RecordDetail'];
export type RecordPage = Schemas['RecordPage'];
export type RelatedGroup = Schemas['RelatedGroup'];
export type BoardColumn = Schemas['BoardColumn'];
export type BulkBody = Schemas['BulkIn'];
export type BulkResult = Schemas['BulkOut'];
export type Duplicate = Schemas['DuplicateOut'];
export type SearchHit = Schemas['HitOut'];
export type View = Schemas['ViewOut'];
export type NewView = Schemas['ViewIn'];

export type RoutingSet = Schemas['RoutingSetOut'];
export type RoutingSetRow = Schemas['RoutingSetRow'];
export type NewRoutingSet = Schemas['RoutingSetIn'];
export type RoutingCatalogue = Schemas['RoutingCatalogue'];
export type RoutingChecked = Schemas['RoutingChecked'];
export type RoutingProblem = Schemas['RoutingProblem'];
export type RoutingTried = Schemas['RoutingTried'];
export type RoutingGroup = Schemas['RoutingGroupOut'];
export type RoutingGroupBody = Schemas['RoutingGroupIn'];
export type RoutingDecision = Schemas['RoutingDecision'];
export type Receiver = Schemas['ReceiverIn'];
export type Fairness = Schemas['Fairness'];

export type PoolRow = Schemas['PoolRow'];
export type PoolEntry = Schemas['PoolEntry'];
export type PoolStanding = Schemas['PoolStanding'];
export type PoolSettings = Schemas['PoolSettings'];
export type PoolSettingsRow = Schemas['PoolSettingsRow'];
export type PoolCatalogue = Schemas['PoolCatalogue'];
export type NewPool = Schemas['PoolIn'];

export type Move = Schemas['MoveOut'];
export type MoveBody = Schemas['MoveIn'];
export type MoveApprovalBody = Schemas['MoveApprovalIn'];
export type MissingItem = Schemas['MissingOut'];
export type ChecklistItem = Schemas['ChecklistRow'];
export type Exception = Schemas['ExceptionOut'];
export type ProcessRow = Schemas['ProcessRow'];
export type ProcessVersion = Schemas['VersionDetail'];

export type TimelineEntry = Schemas['TimelineItem'];
export type Comment = Schemas['CommentOut'];
export type FileItem = Schemas['Document'];

export type Today = Schemas['Today'];
export type DueItem = Schemas['DueOut'];
export type Workbench = Schemas['Workbench'];
export type BlockedRecord = Schemas['TodayBlocked'];
export type Mention = Schemas['TodayMention'];
export type AuditItem = Schemas['AuditItem'];
export type FillRate = Schemas['FillRate'];

export type User = Schemas['User'];
export type NewUser = Schemas['NewUser'];
export type UserChange = Schemas['UserChange'];
export type Position = Schemas['Position'];
export type NewPosition = Schemas['NewPosition'];
export type Unit = Schemas['Unit'];
export type UnitChange = Schemas['UnitChange'];
export type Role = Schemas['Role'];
export type RoleChange = Schemas['RoleChange'];
export type Grant = Schemas['Grant'];
export type Scope = Schemas['Scope'];
export type Verb = Schemas['Verb'];
export type Capability = Schemas['Capability'];
export type Permissions = Schemas['Permissions'];
export type Absence = Schemas['Absence'];
export type NewAbsence = Schemas['NewAbsence'];
export type Holding = Schemas['HoldingOut'];
export type ApiKey = Schemas['Key'];

export type FieldRow = Schemas['FieldOut'];
export type NewField = Schemas['FieldIn'];
export type FieldChange = Schemas['FieldChange'];

export type Clock = Schemas['ClockOut'];
export type Calendar = Schemas['CalendarOut'];
export type NewCalendar = Schemas['CalendarIn'];
export type CalendarChange = Schemas['CalendarChange'];
export type CalendarDay = Schemas['CalendarDayOut'];
export type DayWish = Schemas['CalendarDayIn'];
export type Policy = Schemas['PolicyOut'];
export type PolicyVersion = Schemas['PolicyVersionOut'];
export type NewPolicy = Schemas['PolicyIn'];
export type DealNorm = Schemas['DealNormWhole'];
export type NewDealNorm = Schemas['DealNormIn'];
export type PolicyRow = Schemas['PolicyRow'];
export type PolicyChecked = Schemas['PolicyChecked'];
export type PolicyCatalogue = Schemas['PolicyCatalogue'];
export type Rehearsal = Schemas['Rehearsal'];
export type DocumentRow = Schemas['DocumentRow'];
export type DocumentBlock = Schemas['DocumentOut']['blocks'][number];

export type Task = Schemas['TaskOut'];
export type NewTask = Schemas['TaskIn'];
export type TaskBox = 'mine' | 'team' | 'asked';

export type Import = Schemas['ImportOut'];
export type ImportChange = Schemas['ImportChange'];
export type ImportPreview = Schemas['Preview'];
export type Plan = Schemas['Plan'];
export type ColumnPlan = Schemas['ColumnPlan'];
export type ColumnSeen = Schemas['ColumnSeen'];
export type Export = Schemas['ExportOut'];
export type ExportWish = Schemas['ExportIn'];

export type Notice = Schemas['NoticeOut'];
export type NoticeSettings = Schemas['SettingsOut'];
export type NoticeSettingsBody = Schemas['SettingsIn'];
export type Channel = Schemas['ChannelOut'];
export type ChannelField = Schemas['SettingFieldOut'];
export type Delivery = Schemas['DeliveryOut'];
export type DeliveryState = Delivery['state'];

export type FlowRow = Schemas['FlowRow'];
export type FlowDetail = Schemas['FlowDetail'];
export type FlowFact = Schemas['FactOut'];
export type FlowProblem = Schemas['FlowProblem'];
export type CaseBrief = Schemas['CaseBrief'];
export type Case = Schemas['CaseOut'];
export type CaseNode = Schemas['NodeOut'];
export type CaseAsk = Schemas['AskOut'];
export type FormRow = Schemas['FormRow'];
export type CaseAction = Case['my']['actions'][number];

export type Integration = Schemas['Integration'];
export type IntegrationBody = Schemas['IntegrationChange'];
export type Sync = Schemas['Sync'];
export type SyncChoice = Schemas['SyncChoice'];

export type ScorecardRow = Schemas['ScorecardRow'];
export type Scorecard = Schemas['ScorecardOut'];
export type ScorecardCatalogue = Schemas['ScorecardCatalogue'];
export type ScorecardChecked = Schemas['ScorecardChecked'];
export type ScorecardPreview = Schemas['ScorecardPreview'];
export type Score = Schemas['ScoreOut'];
export type ScorePart = Schemas['ScorePart'];
export type LearnedScore = Schemas['LearnedOut'];
export type LearnedSettings = Schemas['LearnedSettingsOut'];
export type LearnedChange = Schemas['LearnedChange'];
export type ModelRow = Schemas['ModelRow'];

export type BehaviourEvent = Schemas['BehaviourEvent'];
export type Site = Schemas['SiteOut'];
export type SiteBody = Schemas['SiteIn'];
export type Retention = Schemas['RetentionOut'];
export type SiteChange = Schemas['SiteChange'];

export type ApprovalReport = Schemas['Report'];
export type ApprovalFigures = Schemas['Figures'];

export type CaptureChannel = Schemas['CaptureChannel'];
export type CaptureKind = CaptureChannel['kind'];
export type CaptureChannelBody = Schemas['CaptureChannelIn'];
export type NewCaptureChannel = Schemas['NewCaptureChannel'];
export type FormState = Schemas['FormState'];
export type FormDefinition = Schemas['FormDefinition'];
export type FormField = Schemas['FormField'];
export type OfferedField = Schemas['OfferedField'];
export type Submission = Schemas['SubmissionOut'];
export type DerivedValue = Schemas['CaptureDerived'];
export type SubmissionState = Submission['state'];
export type SubmissionDetail = Schemas['SubmissionDetail'];
export type CaptureReason = Schemas['CaptureReason'];
export type Merge = Schemas['MergeOut'];
export type MergeBody = Schemas['MergeIn'];
export type MergePreview = Schemas['MergePreview'];
export type MergeCandidate = Schemas['MergeCandidate'];

export type ChannelBoard = Schemas['ChannelBoardOut'];
export type ChannelFunnel = Schemas['FunnelOut'];
export type NewSpend = Schemas['SpendIn'];
export type FunnelNorm = Schemas['NormOut'];
export type NewNorm = Schemas['NormIn'];

export type NurturePathRow = Schemas['NurturePathRow'];
export type NurturePath = Schemas['NurturePath'];
export type NurtureCatalogue = Schemas['NurtureCatalogue'];
export type NurturePreview = Schemas['NurturePreview'];
export type NurtureRehearsal = Schemas['NurtureRehearsal'];
export type NurtureReport = Schemas['NurtureReport'];
export type NurtureMessage = Schemas['NurtureMessage'];
export type NurtureMessageText = Schemas['NurtureMessageText'];
export type NurtureOfRecord = Schemas['NurtureOfRecord'];
export type NurtureTemplate = Schemas['NurtureTemplate'];
export type NurtureTemplateRow = Schemas['NurtureTemplateRow'];
export type NurtureItem = Schemas['NurtureItem'];
export type NurtureItemBody = Schemas['NurtureItemIn'];
export type NurtureSuppression = Schemas['NurtureSuppression'];
export type NurtureSuppressionBody = Schemas['NurtureSuppressionIn'];
export type NurtureSettings = Schemas['NurtureSettings'];
export type NurtureSettingsBody = Schemas['NurtureSettingsIn'];

export type PrivacyPurpose = Schemas['PrivacyPurpose'];
export type ConsentBody = Schemas['ConsentIn'];
export type PurposeAnswers = Schemas['PurposeAnswers'];
export type RetentionRow = Schemas['RetentionRow'];
export type AccessRow = Schemas['AccessRow'];
export type HeldKind = Schemas['HeldKind'];
export type SubjectRequest = Schemas['SubjectRequestOut'];
export type SubjectRequestBody = Schemas['SubjectRequestIn'];

export type * from './fieldTypes';
