CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "AspNetRoles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetRoles" PRIMARY KEY,
    "Name" TEXT NULL,
    "NormalizedName" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL
);

CREATE TABLE "AspNetUsers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);

CREATE TABLE "AuditEntries" (
    "Sequence" INTEGER NOT NULL CONSTRAINT "PK_AuditEntries" PRIMARY KEY,
    "Utc" TEXT NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "DetailsJson" TEXT NULL,
    "PreviousHash" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);

CREATE TABLE "AuditHeads" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AuditHeads" PRIMARY KEY,
    "SealCount" INTEGER NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "Hash" TEXT NOT NULL
);

CREATE TABLE "ContactPolicies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ContactPolicies" PRIMARY KEY,
    "PeriodDays" INTEGER NOT NULL,
    "MostEmail" INTEGER NULL,
    "MostSms" INTEGER NULL,
    "MostCall" INTEGER NULL,
    "MostPost" INTEGER NULL,
    "Reason" TEXT NOT NULL,
    "SetByName" TEXT NOT NULL,
    "SetUtc" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Datasets" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Datasets" PRIMARY KEY,
    "FileName" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "ByteCount" INTEGER NOT NULL,
    "RowCount" INTEGER NOT NULL,
    "DialectJson" TEXT NOT NULL,
    "RolesJson" TEXT NOT NULL,
    "ColumnsConfirmed" INTEGER NOT NULL,
    "ProfiledVersion" INTEGER NULL,
    "HeaderSignature" TEXT NOT NULL,
    "RejectedRowCount" INTEGER NOT NULL,
    "UploadedById" TEXT NOT NULL,
    "UploadedByName" TEXT NOT NULL,
    "UploadedUtc" TEXT NOT NULL,
    "DerivedFromId" TEXT NULL,
    "DerivationJson" TEXT NULL,
    "DeletedUtc" TEXT NULL,
    "DeletedByName" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "FairnessPolicies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_FairnessPolicies" PRIMARY KEY,
    "MostGap" REAL NOT NULL,
    "LeastRatio" REAL NOT NULL,
    "LeastAffluent" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    "SetByName" TEXT NOT NULL,
    "SetUtc" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Jobs" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Jobs" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "ShareDone" REAL NOT NULL,
    "Reason" TEXT NULL,
    "CancelRequested" INTEGER NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "CreatedUtc" TEXT NOT NULL,
    "StartedUtc" TEXT NULL,
    "EndedUtc" TEXT NULL,
    "SeenUtc" TEXT NULL,
    "StartCount" INTEGER NOT NULL
);

CREATE TABLE "ReceivedFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ReceivedFiles" PRIMARY KEY,
    "FileName" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "ByteCount" INTEGER NOT NULL,
    "Format" TEXT NOT NULL,
    "ChoicesJson" TEXT NOT NULL,
    "RejectedRowCount" INTEGER NULL,
    "ReceivedById" TEXT NOT NULL,
    "ReceivedByName" TEXT NOT NULL,
    "ReceivedUtc" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "RememberedColumns" (
    "HeaderSignature" TEXT NOT NULL CONSTRAINT "PK_RememberedColumns" PRIMARY KEY,
    "RolesJson" TEXT NOT NULL,
    "Dates" TEXT NULL,
    "FileName" TEXT NOT NULL,
    "SavedByName" TEXT NOT NULL,
    "SavedUtc" TEXT NOT NULL
);

CREATE TABLE "Segments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Segments" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "RuleJson" TEXT NOT NULL,
    "Product" TEXT NOT NULL,
    "Message" TEXT NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedByName" TEXT NOT NULL,
    "CreatedUtc" TEXT NOT NULL,
    "ChangedByName" TEXT NOT NULL,
    "ChangedUtc" TEXT NOT NULL,
    "RetiredUtc" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "SuppressionLists" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SuppressionLists" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "ReadAs" TEXT NOT NULL,
    "IdCount" INTEGER NOT NULL,
    "RepeatedCount" INTEGER NOT NULL,
    "BlankCount" INTEGER NOT NULL,
    "FirstBlankLine" INTEGER NULL,
    "RoundedCount" INTEGER NOT NULL,
    "IdsHash" TEXT NULL,
    "AddedById" TEXT NOT NULL,
    "AddedByName" TEXT NOT NULL,
    "AddedUtc" TEXT NOT NULL,
    "InForceUtc" TEXT NULL,
    "EndedUtc" TEXT NULL,
    "EndedByName" TEXT NULL,
    "EndReason" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "AspNetRoleClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetRoleClaims" PRIMARY KEY AUTOINCREMENT,
    "RoleId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetRoleClaims_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserRoles" (
    "UserId" TEXT NOT NULL,
    "RoleId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_AspNetUserRoles_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AspNetUserRoles_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ModelRuns" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ModelRuns" PRIMARY KEY,
    "DatasetId" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Seed" INTEGER NOT NULL,
    "Quick" INTEGER NOT NULL,
    "RecallFloor" REAL NOT NULL,
    "Confidence" REAL NOT NULL,
    "PromiseKind" TEXT NOT NULL,
    "TrialCount" INTEGER NOT NULL,
    "SearchMinutes" REAL NULL,
    "CompletedUtc" TEXT NULL,
    "ResultsJson" TEXT NULL,
    "Threshold" REAL NULL,
    "ThresholdRule" TEXT NULL,
    "PromiseJson" TEXT NULL,
    "MoneyJson" TEXT NULL,
    "MoneySetUtc" TEXT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedByName" TEXT NOT NULL,
    "CreatedUtc" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_ModelRuns_Datasets_DatasetId" FOREIGN KEY ("DatasetId") REFERENCES "Datasets" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "SegmentUses" (
    "SegmentId" TEXT NOT NULL,
    "TargetListId" TEXT NOT NULL,
    CONSTRAINT "PK_SegmentUses" PRIMARY KEY ("SegmentId", "TargetListId"),
    CONSTRAINT "FK_SegmentUses_Segments_SegmentId" FOREIGN KEY ("SegmentId") REFERENCES "Segments" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ModelVersions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ModelVersions" PRIMARY KEY,
    "ModelName" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "ModelRunId" TEXT NOT NULL,
    "ModelHash" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "TrainedById" TEXT NOT NULL,
    "RegisteredById" TEXT NOT NULL,
    "RegisteredByName" TEXT NOT NULL,
    "RegisteredUtc" TEXT NOT NULL,
    "ApprovedById" TEXT NULL,
    "ApprovedByName" TEXT NULL,
    "ApprovedUtc" TEXT NULL,
    "ChampionSinceUtc" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_ModelVersions_ApprovedByWhom" CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
    CONSTRAINT "CK_ModelVersions_ChampionIsApproved" CHECK ("ChampionSinceUtc" IS NULL OR "Stage" = 'Approved'),
    CONSTRAINT "CK_ModelVersions_MakerIsNotChecker" CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "RegisteredById" AND "ApprovedById" <> "TrainedById")),
    CONSTRAINT "FK_ModelVersions_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RunNotes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_RunNotes" PRIMARY KEY,
    "ModelRunId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedByName" TEXT NOT NULL,
    "CreatedUtc" TEXT NOT NULL,
    CONSTRAINT "FK_RunNotes_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RunTags" (
    "ModelRunId" TEXT NOT NULL,
    "Tag" TEXT NOT NULL,
    CONSTRAINT "PK_RunTags" PRIMARY KEY ("ModelRunId", "Tag"),
    CONSTRAINT "FK_RunTags_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "TargetLists" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_TargetLists" PRIMARY KEY,
    "ModelRunId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Threshold" REAL NOT NULL,
    "DefinitionJson" TEXT NOT NULL,
    "CopiedFromId" TEXT NULL,
    "Stage" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "CountsJson" TEXT NULL,
    "MembersHash" TEXT NULL,
    "WorkbookHash" TEXT NULL,
    "CallersWorkbookHash" TEXT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedByName" TEXT NOT NULL,
    "CreatedUtc" TEXT NOT NULL,
    "EditedById" TEXT NULL,
    "EditedByName" TEXT NULL,
    "ValidUntilUtc" TEXT NOT NULL,
    "ApprovedById" TEXT NULL,
    "ApprovedByName" TEXT NULL,
    "ApprovedUtc" TEXT NULL,
    "ExportedUtc" TEXT NULL,
    CONSTRAINT "CK_TargetLists_ApprovedByWhom" CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
    CONSTRAINT "CK_TargetLists_MakerIsNotChecker" CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "CreatedById" AND ("EditedById" IS NULL OR "ApprovedById" <> "EditedById"))),
    CONSTRAINT "FK_TargetLists_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ModelVersionEntries" (
    "ModelVersionId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Act" TEXT NOT NULL,
    "FromStage" TEXT NULL,
    "ToStage" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "Utc" TEXT NOT NULL,
    CONSTRAINT "PK_ModelVersionEntries" PRIMARY KEY ("ModelVersionId", "Number"),
    CONSTRAINT "CK_ModelVersionEntries_Transition" CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('InReview', 'Retired')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Approved', 'Retired'))))),
    CONSTRAINT "FK_ModelVersionEntries_ModelVersions_ModelVersionId" FOREIGN KEY ("ModelVersionId") REFERENCES "ModelVersions" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ListExports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ListExports" PRIMARY KEY,
    "TargetListId" TEXT NOT NULL,
    "Copy" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "RowCount" INTEGER NOT NULL,
    "FileHash" TEXT NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "Utc" TEXT NOT NULL,
    CONSTRAINT "FK_ListExports_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ListReceipts" (
    "TargetListId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Occasion" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Utc" TEXT NOT NULL,
    CONSTRAINT "PK_ListReceipts" PRIMARY KEY ("TargetListId", "Number"),
    CONSTRAINT "FK_ListReceipts_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "OutcomeUploads" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OutcomeUploads" PRIMARY KEY,
    "TargetListId" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "SentById" TEXT NOT NULL,
    "SentByName" TEXT NOT NULL,
    "SentUtc" TEXT NOT NULL,
    "MappingJson" TEXT NULL,
    "CountsJson" TEXT NULL,
    "OutcomesHash" TEXT NULL,
    "RecordedUtc" TEXT NULL,
    "RecordedById" TEXT NULL,
    "RecordedByName" TEXT NULL,
    "SupersedesId" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_OutcomeUploads_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "TargetListEntries" (
    "TargetListId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Act" TEXT NOT NULL,
    "FromStage" TEXT NULL,
    "ToStage" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "Utc" TEXT NOT NULL,
    CONSTRAINT "PK_TargetListEntries" PRIMARY KEY ("TargetListId", "Number"),
    CONSTRAINT "CK_TargetListEntries_Transition" CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('Draft', 'InReview', 'Withdrawn')) OR ("FromStage" = 'Draft' AND "ToStage" = 'Exported' AND "ActorId" IN ('local-owner', 'command-line')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved', 'Withdrawn')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Exported', 'Withdrawn')) OR ("FromStage" = 'Exported' AND "ToStage" = 'Withdrawn')))),
    CONSTRAINT "FK_TargetListEntries_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
);

INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES ('administrator', 'administrator', 'administrator', 'ADMINISTRATOR');
SELECT changes();

INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES ('campaign team', 'campaign team', 'campaign team', 'CAMPAIGN TEAM');
SELECT changes();

INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES ('compliance', 'compliance', 'compliance', 'COMPLIANCE');
SELECT changes();

INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES ('marketer', 'marketer', 'marketer', 'MARKETER');
SELECT changes();

INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES ('validator', 'validator', 'validator', 'VALIDATOR');
SELECT changes();


INSERT INTO "AuditHeads" ("Id", "Hash", "SealCount", "Sequence")
VALUES (1, '0000000000000000000000000000000000000000000000000000000000000000', 0, 0);
SELECT changes();


INSERT INTO "ContactPolicies" ("Id", "MostCall", "MostEmail", "MostPost", "MostSms", "PeriodDays", "Reason", "SetByName", "SetUtc", "Version")
VALUES (1, NULL, 1, NULL, 1, 7, '', '', NULL, 0);
SELECT changes();


INSERT INTO "FairnessPolicies" ("Id", "LeastAffluent", "LeastRatio", "MostGap", "Reason", "SetByName", "SetUtc", "Version")
VALUES (1, 30, 0.80000000000000004, 0.10000000000000001, '', '', NULL, 0);
SELECT changes();


CREATE INDEX "IX_AspNetRoleClaims_RoleId" ON "AspNetRoleClaims" ("RoleId");

CREATE UNIQUE INDEX "RoleNameIndex" ON "AspNetRoles" ("NormalizedName");

CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");

CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");

CREATE INDEX "IX_AspNetUserRoles_RoleId" ON "AspNetUserRoles" ("RoleId");

CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");

CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");

CREATE INDEX "IX_AuditEntries_Subject" ON "AuditEntries" ("Subject");

CREATE INDEX "IX_AuditEntries_Utc" ON "AuditEntries" ("Utc");

CREATE INDEX "IX_Datasets_DerivedFromId" ON "Datasets" ("DerivedFromId");

CREATE INDEX "IX_Datasets_Fingerprint" ON "Datasets" ("Fingerprint");

CREATE INDEX "IX_Datasets_HeaderSignature" ON "Datasets" ("HeaderSignature");

CREATE INDEX "IX_Jobs_State" ON "Jobs" ("State");

CREATE INDEX "IX_Jobs_SubjectId" ON "Jobs" ("SubjectId");

CREATE INDEX "IX_ListExports_TargetListId_Utc" ON "ListExports" ("TargetListId", "Utc");

CREATE INDEX "IX_ModelRuns_DatasetId" ON "ModelRuns" ("DatasetId");

CREATE UNIQUE INDEX "IX_ModelVersions_ModelName_Number" ON "ModelVersions" ("ModelName", "Number");

CREATE UNIQUE INDEX "IX_ModelVersions_ModelRunId" ON "ModelVersions" ("ModelRunId");

CREATE UNIQUE INDEX "IX_ModelVersions_OneChampion" ON "ModelVersions" ("ModelName") WHERE "ChampionSinceUtc" IS NOT NULL;

CREATE UNIQUE INDEX "IX_OutcomeUploads_SupersedesId" ON "OutcomeUploads" ("SupersedesId");

CREATE INDEX "IX_OutcomeUploads_TargetListId" ON "OutcomeUploads" ("TargetListId");

CREATE INDEX "IX_RunNotes_ModelRunId" ON "RunNotes" ("ModelRunId");

CREATE INDEX "IX_RunTags_Tag" ON "RunTags" ("Tag");

CREATE INDEX "IX_TargetLists_ExportedUtc" ON "TargetLists" ("ExportedUtc");

CREATE INDEX "IX_TargetLists_ModelRunId" ON "TargetLists" ("ModelRunId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125174624_Initial', '10.0.14');

COMMIT;

