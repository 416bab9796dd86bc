CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL,
    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
);

START TRANSACTION;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetRoles" (
        "Id" character varying(128) COLLATE "C" NOT NULL,
        "Name" character varying(256) COLLATE "C",
        "NormalizedName" character varying(256) COLLATE "C",
        "ConcurrencyStamp" text COLLATE "C",
        CONSTRAINT "PK_AspNetRoles" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetUsers" (
        "Id" character varying(128) COLLATE "C" NOT NULL,
        "DisplayName" character varying(200) COLLATE "C" NOT NULL,
        "UserName" character varying(256) COLLATE "C",
        "NormalizedUserName" character varying(256) COLLATE "C",
        "Email" character varying(256) COLLATE "C",
        "NormalizedEmail" character varying(256) COLLATE "C",
        "EmailConfirmed" boolean NOT NULL,
        "PasswordHash" text COLLATE "C",
        "SecurityStamp" text COLLATE "C",
        "ConcurrencyStamp" text COLLATE "C",
        "PhoneNumber" text COLLATE "C",
        "PhoneNumberConfirmed" boolean NOT NULL,
        "TwoFactorEnabled" boolean NOT NULL,
        "LockoutEnd" timestamp with time zone,
        "LockoutEnabled" boolean NOT NULL,
        "AccessFailedCount" integer NOT NULL,
        CONSTRAINT "PK_AspNetUsers" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AuditEntries" (
        "Sequence" bigint NOT NULL,
        "Utc" timestamp with time zone NOT NULL,
        "ActorId" character varying(450) COLLATE "C" NOT NULL,
        "ActorName" character varying(200) COLLATE "C" NOT NULL,
        "Action" character varying(60) COLLATE "C" NOT NULL,
        "Subject" character varying(120) COLLATE "C" NOT NULL,
        "DetailsJson" text COLLATE "C",
        "PreviousHash" character varying(64) COLLATE "C" NOT NULL,
        "Hash" character varying(64) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_AuditEntries" PRIMARY KEY ("Sequence")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AuditHeads" (
        "Id" integer NOT NULL,
        "SealCount" bigint NOT NULL,
        "Sequence" bigint NOT NULL,
        "Hash" character varying(64) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_AuditHeads" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ContactPolicies" (
        "Id" integer NOT NULL,
        "PeriodDays" integer NOT NULL,
        "MostEmail" integer,
        "MostSms" integer,
        "MostCall" integer,
        "MostPost" integer,
        "Reason" character varying(500) COLLATE "C" NOT NULL,
        "SetByName" character varying(200) COLLATE "C" NOT NULL,
        "SetUtc" timestamp with time zone,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_ContactPolicies" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "Datasets" (
        "Id" uuid NOT NULL,
        "FileName" character varying(300) COLLATE "C" NOT NULL,
        "Fingerprint" character varying(64) COLLATE "C" NOT NULL,
        "ByteCount" bigint NOT NULL,
        "RowCount" integer NOT NULL,
        "DialectJson" text COLLATE "C" NOT NULL,
        "RolesJson" text COLLATE "C" NOT NULL,
        "ColumnsConfirmed" boolean NOT NULL,
        "ProfiledVersion" integer,
        "HeaderSignature" character varying(64) COLLATE "C" NOT NULL,
        "RejectedRowCount" integer NOT NULL,
        "UploadedById" character varying(450) COLLATE "C" NOT NULL,
        "UploadedByName" character varying(200) COLLATE "C" NOT NULL,
        "UploadedUtc" timestamp with time zone NOT NULL,
        "DerivedFromId" uuid,
        "DerivationJson" text COLLATE "C",
        "DeletedUtc" timestamp with time zone,
        "DeletedByName" character varying(200) COLLATE "C",
        "Version" integer NOT NULL,
        CONSTRAINT "PK_Datasets" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "FairnessPolicies" (
        "Id" integer NOT NULL,
        "MostGap" double precision NOT NULL,
        "LeastRatio" double precision NOT NULL,
        "LeastAffluent" integer NOT NULL,
        "Reason" character varying(500) COLLATE "C" NOT NULL,
        "SetByName" character varying(200) COLLATE "C" NOT NULL,
        "SetUtc" timestamp with time zone,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_FairnessPolicies" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "Jobs" (
        "Id" uuid NOT NULL,
        "Kind" character varying(60) COLLATE "C" NOT NULL,
        "SubjectId" uuid NOT NULL,
        "State" character varying(40) COLLATE "C" NOT NULL,
        "Stage" character varying(200) COLLATE "C" NOT NULL,
        "ShareDone" double precision NOT NULL,
        "Reason" character varying(1000) COLLATE "C",
        "CancelRequested" boolean NOT NULL,
        "ActorId" character varying(450) COLLATE "C" NOT NULL,
        "ActorName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedUtc" timestamp with time zone NOT NULL,
        "StartedUtc" timestamp with time zone,
        "EndedUtc" timestamp with time zone,
        "SeenUtc" timestamp with time zone,
        "StartCount" integer NOT NULL,
        CONSTRAINT "PK_Jobs" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ReceivedFiles" (
        "Id" uuid NOT NULL,
        "FileName" character varying(300) COLLATE "C" NOT NULL,
        "Fingerprint" character varying(64) COLLATE "C" NOT NULL,
        "ByteCount" bigint NOT NULL,
        "Format" character varying(40) COLLATE "C" NOT NULL,
        "ChoicesJson" text COLLATE "C" NOT NULL,
        "RejectedRowCount" integer,
        "ReceivedById" character varying(450) COLLATE "C" NOT NULL,
        "ReceivedByName" character varying(200) COLLATE "C" NOT NULL,
        "ReceivedUtc" timestamp with time zone NOT NULL,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_ReceivedFiles" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "RememberedColumns" (
        "HeaderSignature" character varying(64) COLLATE "C" NOT NULL,
        "RolesJson" text COLLATE "C" NOT NULL,
        "Dates" character varying(40) COLLATE "C",
        "FileName" character varying(300) COLLATE "C" NOT NULL,
        "SavedByName" character varying(200) COLLATE "C" NOT NULL,
        "SavedUtc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_RememberedColumns" PRIMARY KEY ("HeaderSignature")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "Segments" (
        "Id" uuid NOT NULL,
        "Name" character varying(100) COLLATE "C" NOT NULL,
        "RuleJson" text COLLATE "C" NOT NULL,
        "Product" character varying(200) COLLATE "C" NOT NULL,
        "Message" character varying(1000) COLLATE "C" NOT NULL,
        "CreatedById" character varying(450) COLLATE "C" NOT NULL,
        "CreatedByName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedUtc" timestamp with time zone NOT NULL,
        "ChangedByName" character varying(200) COLLATE "C" NOT NULL,
        "ChangedUtc" timestamp with time zone NOT NULL,
        "RetiredUtc" timestamp with time zone,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_Segments" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "SuppressionLists" (
        "Id" uuid NOT NULL,
        "Name" character varying(200) COLLATE "C" NOT NULL,
        "FileName" character varying(300) COLLATE "C" NOT NULL,
        "Fingerprint" character varying(64) COLLATE "C" NOT NULL,
        "ReadAs" character varying(500) COLLATE "C" NOT NULL,
        "IdCount" integer NOT NULL,
        "RepeatedCount" integer NOT NULL,
        "BlankCount" integer NOT NULL,
        "FirstBlankLine" integer,
        "RoundedCount" integer NOT NULL,
        "IdsHash" character varying(64) COLLATE "C",
        "AddedById" character varying(450) COLLATE "C" NOT NULL,
        "AddedByName" character varying(200) COLLATE "C" NOT NULL,
        "AddedUtc" timestamp with time zone NOT NULL,
        "InForceUtc" timestamp with time zone,
        "EndedUtc" timestamp with time zone,
        "EndedByName" character varying(200) COLLATE "C",
        "EndReason" character varying(500) COLLATE "C",
        "Version" integer NOT NULL,
        CONSTRAINT "PK_SuppressionLists" PRIMARY KEY ("Id")
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetRoleClaims" (
        "Id" integer GENERATED BY DEFAULT AS IDENTITY,
        "RoleId" character varying(128) COLLATE "C" NOT NULL,
        "ClaimType" text COLLATE "C",
        "ClaimValue" text COLLATE "C",
        CONSTRAINT "PK_AspNetRoleClaims" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_AspNetRoleClaims_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetUserClaims" (
        "Id" integer GENERATED BY DEFAULT AS IDENTITY,
        "UserId" character varying(128) COLLATE "C" NOT NULL,
        "ClaimType" text COLLATE "C",
        "ClaimValue" text COLLATE "C",
        CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetUserLogins" (
        "LoginProvider" character varying(128) COLLATE "C" NOT NULL,
        "ProviderKey" character varying(128) COLLATE "C" NOT NULL,
        "ProviderDisplayName" text COLLATE "C",
        "UserId" character varying(128) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
        CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetUserRoles" (
        "UserId" character varying(128) COLLATE "C" NOT NULL,
        "RoleId" character varying(128) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_AspNetUserRoles" PRIMARY KEY ("UserId", "RoleId"),
        CONSTRAINT "FK_AspNetUserRoles_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE,
        CONSTRAINT "FK_AspNetUserRoles_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "AspNetUserTokens" (
        "UserId" character varying(128) COLLATE "C" NOT NULL,
        "LoginProvider" character varying(128) COLLATE "C" NOT NULL,
        "Name" character varying(128) COLLATE "C" NOT NULL,
        "Value" text COLLATE "C",
        CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
        CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ModelRuns" (
        "Id" uuid NOT NULL,
        "DatasetId" uuid NOT NULL,
        "Fingerprint" character varying(64) COLLATE "C" NOT NULL,
        "Name" character varying(200) COLLATE "C" NOT NULL,
        "Seed" integer NOT NULL,
        "Quick" boolean NOT NULL,
        "RecallFloor" double precision NOT NULL,
        "Confidence" double precision NOT NULL,
        "PromiseKind" character varying(20) COLLATE "C" NOT NULL,
        "TrialCount" integer NOT NULL,
        "SearchMinutes" double precision,
        "CompletedUtc" timestamp with time zone,
        "ResultsJson" text COLLATE "C",
        "Threshold" double precision,
        "ThresholdRule" character varying(20) COLLATE "C",
        "PromiseJson" text COLLATE "C",
        "MoneyJson" text COLLATE "C",
        "MoneySetUtc" timestamp with time zone,
        "CreatedById" character varying(450) COLLATE "C" NOT NULL,
        "CreatedByName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedUtc" timestamp with time zone NOT NULL,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_ModelRuns" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_ModelRuns_Datasets_DatasetId" FOREIGN KEY ("DatasetId") REFERENCES "Datasets" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "SegmentUses" (
        "SegmentId" uuid NOT NULL,
        "TargetListId" uuid NOT NULL,
        CONSTRAINT "PK_SegmentUses" PRIMARY KEY ("SegmentId", "TargetListId"),
        CONSTRAINT "FK_SegmentUses_Segments_SegmentId" FOREIGN KEY ("SegmentId") REFERENCES "Segments" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ModelVersions" (
        "Id" uuid NOT NULL,
        "ModelName" character varying(100) COLLATE "C" NOT NULL,
        "Number" integer NOT NULL,
        "ModelRunId" uuid NOT NULL,
        "ModelHash" character varying(64) COLLATE "C" NOT NULL,
        "Stage" character varying(40) COLLATE "C" NOT NULL,
        "TrainedById" character varying(450) COLLATE "C" NOT NULL,
        "RegisteredById" character varying(450) COLLATE "C" NOT NULL,
        "RegisteredByName" character varying(200) COLLATE "C" NOT NULL,
        "RegisteredUtc" timestamp with time zone NOT NULL,
        "ApprovedById" character varying(450) COLLATE "C",
        "ApprovedByName" character varying(200) COLLATE "C",
        "ApprovedUtc" timestamp with time zone,
        "ChampionSinceUtc" timestamp with time zone,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_ModelVersions" PRIMARY KEY ("Id"),
        CONSTRAINT "CK_ModelVersions_ApprovedByWhom" CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
        CONSTRAINT "CK_ModelVersions_ChampionIsApproved" CHECK ("ChampionSinceUtc" IS NULL OR "Stage" = 'Approved'),
        CONSTRAINT "CK_ModelVersions_MakerIsNotChecker" CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "RegisteredById" AND "ApprovedById" <> "TrainedById")),
        CONSTRAINT "FK_ModelVersions_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "RunNotes" (
        "Id" uuid NOT NULL,
        "ModelRunId" uuid NOT NULL,
        "Text" character varying(2000) COLLATE "C" NOT NULL,
        "CreatedById" character varying(450) COLLATE "C" NOT NULL,
        "CreatedByName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedUtc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_RunNotes" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_RunNotes_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "RunTags" (
        "ModelRunId" uuid NOT NULL,
        "Tag" character varying(40) COLLATE "C" NOT NULL,
        CONSTRAINT "PK_RunTags" PRIMARY KEY ("ModelRunId", "Tag"),
        CONSTRAINT "FK_RunTags_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "TargetLists" (
        "Id" uuid NOT NULL,
        "ModelRunId" uuid NOT NULL,
        "Name" character varying(200) COLLATE "C" NOT NULL,
        "Purpose" character varying(1000) COLLATE "C" NOT NULL,
        "Threshold" double precision NOT NULL,
        "DefinitionJson" text COLLATE "C" NOT NULL,
        "CopiedFromId" uuid,
        "Stage" character varying(40) COLLATE "C" NOT NULL,
        "Version" integer NOT NULL,
        "CountsJson" text COLLATE "C",
        "MembersHash" character varying(64) COLLATE "C",
        "WorkbookHash" character varying(64) COLLATE "C",
        "CallersWorkbookHash" character varying(64) COLLATE "C",
        "CreatedById" character varying(450) COLLATE "C" NOT NULL,
        "CreatedByName" character varying(200) COLLATE "C" NOT NULL,
        "CreatedUtc" timestamp with time zone NOT NULL,
        "EditedById" character varying(450) COLLATE "C",
        "EditedByName" character varying(200) COLLATE "C",
        "ValidUntilUtc" timestamp with time zone NOT NULL,
        "ApprovedById" character varying(450) COLLATE "C",
        "ApprovedByName" character varying(200) COLLATE "C",
        "ApprovedUtc" timestamp with time zone,
        "ExportedUtc" timestamp with time zone,
        CONSTRAINT "PK_TargetLists" PRIMARY KEY ("Id"),
        CONSTRAINT "CK_TargetLists_ApprovedByWhom" CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
        CONSTRAINT "CK_TargetLists_MakerIsNotChecker" CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "CreatedById" AND ("EditedById" IS NULL OR "ApprovedById" <> "EditedById"))),
        CONSTRAINT "FK_TargetLists_ModelRuns_ModelRunId" FOREIGN KEY ("ModelRunId") REFERENCES "ModelRuns" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ModelVersionEntries" (
        "ModelVersionId" uuid NOT NULL,
        "Number" integer NOT NULL,
        "Act" character varying(40) COLLATE "C" NOT NULL,
        "FromStage" character varying(40) COLLATE "C",
        "ToStage" character varying(40) COLLATE "C" NOT NULL,
        "Reason" character varying(1000) COLLATE "C" NOT NULL,
        "ActorId" character varying(450) COLLATE "C" NOT NULL,
        "ActorName" character varying(200) COLLATE "C" NOT NULL,
        "Utc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_ModelVersionEntries" PRIMARY KEY ("ModelVersionId", "Number"),
        CONSTRAINT "CK_ModelVersionEntries_Transition" CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('InReview', 'Retired')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Approved', 'Retired'))))),
        CONSTRAINT "FK_ModelVersionEntries_ModelVersions_ModelVersionId" FOREIGN KEY ("ModelVersionId") REFERENCES "ModelVersions" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ListExports" (
        "Id" uuid NOT NULL,
        "TargetListId" uuid NOT NULL,
        "Copy" character varying(40) COLLATE "C" NOT NULL,
        "Reason" character varying(1000) COLLATE "C" NOT NULL,
        "RowCount" integer NOT NULL,
        "FileHash" character varying(64) COLLATE "C" NOT NULL,
        "ActorId" character varying(450) COLLATE "C" NOT NULL,
        "ActorName" character varying(200) COLLATE "C" NOT NULL,
        "Utc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_ListExports" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_ListExports_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "ListReceipts" (
        "TargetListId" uuid NOT NULL,
        "Number" integer NOT NULL,
        "Occasion" character varying(40) COLLATE "C" NOT NULL,
        "Hash" character varying(64) COLLATE "C" NOT NULL,
        "Utc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_ListReceipts" PRIMARY KEY ("TargetListId", "Number"),
        CONSTRAINT "FK_ListReceipts_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "OutcomeUploads" (
        "Id" uuid NOT NULL,
        "TargetListId" uuid NOT NULL,
        "FileName" character varying(300) COLLATE "C" NOT NULL,
        "Fingerprint" character varying(64) COLLATE "C" NOT NULL,
        "SentById" character varying(450) COLLATE "C" NOT NULL,
        "SentByName" character varying(200) COLLATE "C" NOT NULL,
        "SentUtc" timestamp with time zone NOT NULL,
        "MappingJson" text COLLATE "C",
        "CountsJson" text COLLATE "C",
        "OutcomesHash" character varying(64) COLLATE "C",
        "RecordedUtc" timestamp with time zone,
        "RecordedById" character varying(450) COLLATE "C",
        "RecordedByName" character varying(200) COLLATE "C",
        "SupersedesId" uuid,
        "Version" integer NOT NULL,
        CONSTRAINT "PK_OutcomeUploads" PRIMARY KEY ("Id"),
        CONSTRAINT "FK_OutcomeUploads_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE TABLE "TargetListEntries" (
        "TargetListId" uuid NOT NULL,
        "Number" integer NOT NULL,
        "Act" character varying(40) COLLATE "C" NOT NULL,
        "FromStage" character varying(40) COLLATE "C",
        "ToStage" character varying(40) COLLATE "C" NOT NULL,
        "Reason" character varying(1000) COLLATE "C" NOT NULL,
        "ActorId" character varying(450) COLLATE "C" NOT NULL,
        "ActorName" character varying(200) COLLATE "C" NOT NULL,
        "Utc" timestamp with time zone NOT NULL,
        CONSTRAINT "PK_TargetListEntries" PRIMARY KEY ("TargetListId", "Number"),
        CONSTRAINT "CK_TargetListEntries_Transition" CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('Draft', 'InReview', 'Withdrawn')) OR ("FromStage" = 'Draft' AND "ToStage" = 'Exported' AND "ActorId" IN ('local-owner', 'command-line')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved', 'Withdrawn')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Exported', 'Withdrawn')) OR ("FromStage" = 'Exported' AND "ToStage" = 'Withdrawn')))),
        CONSTRAINT "FK_TargetListEntries_TargetLists_TargetListId" FOREIGN KEY ("TargetListId") REFERENCES "TargetLists" ("Id") ON DELETE RESTRICT
    );
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('administrator', 'administrator', 'administrator', 'ADMINISTRATOR');
    INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('campaign team', 'campaign team', 'campaign team', 'CAMPAIGN TEAM');
    INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('compliance', 'compliance', 'compliance', 'COMPLIANCE');
    INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('marketer', 'marketer', 'marketer', 'MARKETER');
    INSERT INTO "AspNetRoles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
    VALUES ('validator', 'validator', 'validator', 'VALIDATOR');
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    INSERT INTO "AuditHeads" ("Id", "Hash", "SealCount", "Sequence")
    VALUES (1, '0000000000000000000000000000000000000000000000000000000000000000', 0, 0);
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    INSERT INTO "ContactPolicies" ("Id", "MostCall", "MostEmail", "MostPost", "MostSms", "PeriodDays", "Reason", "SetByName", "SetUtc", "Version")
    VALUES (1, NULL, 1, NULL, 1, 7, '', '', NULL, 0);
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    INSERT INTO "FairnessPolicies" ("Id", "LeastAffluent", "LeastRatio", "MostGap", "Reason", "SetByName", "SetUtc", "Version")
    VALUES (1, 30, 0.80000000000000004, 0.10000000000000001, '', '', NULL, 0);
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AspNetRoleClaims_RoleId" ON "AspNetRoleClaims" ("RoleId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "RoleNameIndex" ON "AspNetRoles" ("NormalizedName");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AspNetUserRoles_RoleId" ON "AspNetUserRoles" ("RoleId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AuditEntries_Subject" ON "AuditEntries" ("Subject");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_AuditEntries_Utc" ON "AuditEntries" ("Utc");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_Datasets_DerivedFromId" ON "Datasets" ("DerivedFromId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_Datasets_Fingerprint" ON "Datasets" ("Fingerprint");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_Datasets_HeaderSignature" ON "Datasets" ("HeaderSignature");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_Jobs_State" ON "Jobs" ("State");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_Jobs_SubjectId" ON "Jobs" ("SubjectId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_ListExports_TargetListId_Utc" ON "ListExports" ("TargetListId", "Utc");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_ModelRuns_DatasetId" ON "ModelRuns" ("DatasetId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelVersions_ModelName_Number" ON "ModelVersions" ("ModelName", "Number");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelVersions_ModelRunId" ON "ModelVersions" ("ModelRunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "IX_ModelVersions_OneChampion" ON "ModelVersions" ("ModelName") WHERE "ChampionSinceUtc" IS NOT NULL;
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE UNIQUE INDEX "IX_OutcomeUploads_SupersedesId" ON "OutcomeUploads" ("SupersedesId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_OutcomeUploads_TargetListId" ON "OutcomeUploads" ("TargetListId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_RunNotes_ModelRunId" ON "RunNotes" ("ModelRunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_RunTags_Tag" ON "RunTags" ("Tag");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_TargetLists_ExportedUtc" ON "TargetLists" ("ExportedUtc");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    CREATE INDEX "IX_TargetLists_ModelRunId" ON "TargetLists" ("ModelRunId");
    END IF;
END $EF$;

DO $EF$
BEGIN
    IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20261125174628_Initial') THEN
    INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
    VALUES ('20261125174628_Initial', '10.0.14');
    END IF;
END $EF$;
COMMIT;

