IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetRoles] (
        [Id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_AspNetRoles] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetUsers] (
        [Id] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [DisplayName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [UserName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedUserName] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [Email] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [NormalizedEmail] nvarchar(256) COLLATE Latin1_General_100_BIN2 NULL,
        [EmailConfirmed] bit NOT NULL,
        [PasswordHash] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [SecurityStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ConcurrencyStamp] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PhoneNumber] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PhoneNumberConfirmed] bit NOT NULL,
        [TwoFactorEnabled] bit NOT NULL,
        [LockoutEnd] datetimeoffset NULL,
        [LockoutEnabled] bit NOT NULL,
        [AccessFailedCount] int NOT NULL,
        CONSTRAINT [PK_AspNetUsers] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AuditEntries] (
        [Sequence] bigint NOT NULL,
        [Utc] datetime2 NOT NULL,
        [ActorId] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Action] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Subject] nvarchar(120) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [DetailsJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [PreviousHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_AuditEntries] PRIMARY KEY ([Sequence])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AuditHeads] (
        [Id] int NOT NULL,
        [SealCount] bigint NOT NULL,
        [Sequence] bigint NOT NULL,
        [Hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_AuditHeads] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ContactPolicies] (
        [Id] int NOT NULL,
        [PeriodDays] int NOT NULL,
        [MostEmail] int NULL,
        [MostSms] int NULL,
        [MostCall] int NULL,
        [MostPost] int NULL,
        [Reason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SetByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SetUtc] datetime2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_ContactPolicies] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [Datasets] (
        [Id] uniqueidentifier NOT NULL,
        [FileName] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ByteCount] bigint NOT NULL,
        [RowCount] int NOT NULL,
        [DialectJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RolesJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ColumnsConfirmed] bit NOT NULL,
        [ProfiledVersion] int NULL,
        [HeaderSignature] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RejectedRowCount] int NOT NULL,
        [UploadedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [UploadedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [UploadedUtc] datetime2 NOT NULL,
        [DerivedFromId] uniqueidentifier NULL,
        [DerivationJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [DeletedUtc] datetime2 NULL,
        [DeletedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Datasets] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [FairnessPolicies] (
        [Id] int NOT NULL,
        [MostGap] float NOT NULL,
        [LeastRatio] float NOT NULL,
        [LeastAffluent] int NOT NULL,
        [Reason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SetByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SetUtc] datetime2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_FairnessPolicies] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [Jobs] (
        [Id] uniqueidentifier NOT NULL,
        [Kind] nvarchar(60) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SubjectId] uniqueidentifier NOT NULL,
        [State] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Stage] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ShareDone] float NOT NULL,
        [Reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NULL,
        [CancelRequested] bit NOT NULL,
        [ActorId] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedUtc] datetime2 NOT NULL,
        [StartedUtc] datetime2 NULL,
        [EndedUtc] datetime2 NULL,
        [SeenUtc] datetime2 NULL,
        [StartCount] int NOT NULL,
        CONSTRAINT [PK_Jobs] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ReceivedFiles] (
        [Id] uniqueidentifier NOT NULL,
        [FileName] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ByteCount] bigint NOT NULL,
        [Format] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ChoicesJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RejectedRowCount] int NULL,
        [ReceivedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReceivedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReceivedUtc] datetime2 NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_ReceivedFiles] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [RememberedColumns] (
        [HeaderSignature] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RolesJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Dates] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [FileName] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SavedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SavedUtc] datetime2 NOT NULL,
        CONSTRAINT [PK_RememberedColumns] PRIMARY KEY ([HeaderSignature])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [Segments] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RuleJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Product] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Message] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedUtc] datetime2 NOT NULL,
        [ChangedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ChangedUtc] datetime2 NOT NULL,
        [RetiredUtc] datetime2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_Segments] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [SuppressionLists] (
        [Id] uniqueidentifier NOT NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [FileName] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ReadAs] nvarchar(500) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [IdCount] int NOT NULL,
        [RepeatedCount] int NOT NULL,
        [BlankCount] int NOT NULL,
        [FirstBlankLine] int NULL,
        [RoundedCount] int NOT NULL,
        [IdsHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [AddedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AddedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [AddedUtc] datetime2 NOT NULL,
        [InForceUtc] datetime2 NULL,
        [EndedUtc] datetime2 NULL,
        [EndedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [EndReason] nvarchar(500) COLLATE Latin1_General_100_BIN2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_SuppressionLists] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetRoleClaims] (
        [Id] int NOT NULL IDENTITY,
        [RoleId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ClaimType] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ClaimValue] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_AspNetRoleClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_AspNetRoleClaims_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetUserClaims] (
        [Id] int NOT NULL IDENTITY,
        [UserId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ClaimType] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [ClaimValue] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_AspNetUserClaims] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_AspNetUserClaims_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetUserLogins] (
        [LoginProvider] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ProviderKey] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ProviderDisplayName] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [UserId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_AspNetUserLogins] PRIMARY KEY ([LoginProvider], [ProviderKey]),
        CONSTRAINT [FK_AspNetUserLogins_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetUserRoles] (
        [UserId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RoleId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_AspNetUserRoles] PRIMARY KEY ([UserId], [RoleId]),
        CONSTRAINT [FK_AspNetUserRoles_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE,
        CONSTRAINT [FK_AspNetUserRoles_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [AspNetUserTokens] (
        [UserId] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [LoginProvider] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(128) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Value] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        CONSTRAINT [PK_AspNetUserTokens] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
        CONSTRAINT [FK_AspNetUserTokens_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ModelRuns] (
        [Id] uniqueidentifier NOT NULL,
        [DatasetId] uniqueidentifier NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Seed] int NOT NULL,
        [Quick] bit NOT NULL,
        [RecallFloor] float NOT NULL,
        [Confidence] float NOT NULL,
        [PromiseKind] nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [TrialCount] int NOT NULL,
        [SearchMinutes] float NULL,
        [CompletedUtc] datetime2 NULL,
        [ResultsJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [Threshold] float NULL,
        [ThresholdRule] nvarchar(20) COLLATE Latin1_General_100_BIN2 NULL,
        [PromiseJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [MoneyJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [MoneySetUtc] datetime2 NULL,
        [CreatedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedUtc] datetime2 NOT NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_ModelRuns] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ModelRuns_Datasets_DatasetId] FOREIGN KEY ([DatasetId]) REFERENCES [Datasets] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [SegmentUses] (
        [SegmentId] uniqueidentifier NOT NULL,
        [TargetListId] uniqueidentifier NOT NULL,
        CONSTRAINT [PK_SegmentUses] PRIMARY KEY ([SegmentId], [TargetListId]),
        CONSTRAINT [FK_SegmentUses_Segments_SegmentId] FOREIGN KEY ([SegmentId]) REFERENCES [Segments] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ModelVersions] (
        [Id] uniqueidentifier NOT NULL,
        [ModelName] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Number] int NOT NULL,
        [ModelRunId] uniqueidentifier NOT NULL,
        [ModelHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Stage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [TrainedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RegisteredById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RegisteredByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RegisteredUtc] datetime2 NOT NULL,
        [ApprovedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NULL,
        [ApprovedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [ApprovedUtc] datetime2 NULL,
        [ChampionSinceUtc] datetime2 NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_ModelVersions] PRIMARY KEY ([Id]),
        CONSTRAINT [CK_ModelVersions_ApprovedByWhom] CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
        CONSTRAINT [CK_ModelVersions_ChampionIsApproved] CHECK ("ChampionSinceUtc" IS NULL OR "Stage" = 'Approved'),
        CONSTRAINT [CK_ModelVersions_MakerIsNotChecker] CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "RegisteredById" AND "ApprovedById" <> "TrainedById")),
        CONSTRAINT [FK_ModelVersions_ModelRuns_ModelRunId] FOREIGN KEY ([ModelRunId]) REFERENCES [ModelRuns] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [RunNotes] (
        [Id] uniqueidentifier NOT NULL,
        [ModelRunId] uniqueidentifier NOT NULL,
        [Text] nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedUtc] datetime2 NOT NULL,
        CONSTRAINT [PK_RunNotes] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_RunNotes_ModelRuns_ModelRunId] FOREIGN KEY ([ModelRunId]) REFERENCES [ModelRuns] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [RunTags] (
        [ModelRunId] uniqueidentifier NOT NULL,
        [Tag] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        CONSTRAINT [PK_RunTags] PRIMARY KEY ([ModelRunId], [Tag]),
        CONSTRAINT [FK_RunTags_ModelRuns_ModelRunId] FOREIGN KEY ([ModelRunId]) REFERENCES [ModelRuns] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [TargetLists] (
        [Id] uniqueidentifier NOT NULL,
        [ModelRunId] uniqueidentifier NOT NULL,
        [Name] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Purpose] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Threshold] float NOT NULL,
        [DefinitionJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CopiedFromId] uniqueidentifier NULL,
        [Stage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Version] int NOT NULL,
        [CountsJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [MembersHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [WorkbookHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [CallersWorkbookHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [CreatedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedUtc] datetime2 NOT NULL,
        [EditedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NULL,
        [EditedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [ValidUntilUtc] datetime2 NOT NULL,
        [ApprovedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NULL,
        [ApprovedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [ApprovedUtc] datetime2 NULL,
        [ExportedUtc] datetime2 NULL,
        CONSTRAINT [PK_TargetLists] PRIMARY KEY ([Id]),
        CONSTRAINT [CK_TargetLists_ApprovedByWhom] CHECK ("Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL),
        CONSTRAINT [CK_TargetLists_MakerIsNotChecker] CHECK ("ApprovedById" IS NULL OR "ApprovedById" = 'local-owner' OR ("ApprovedById" <> "CreatedById" AND ("EditedById" IS NULL OR "ApprovedById" <> "EditedById"))),
        CONSTRAINT [FK_TargetLists_ModelRuns_ModelRunId] FOREIGN KEY ([ModelRunId]) REFERENCES [ModelRuns] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ModelVersionEntries] (
        [ModelVersionId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Act] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [FromStage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [ToStage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorId] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Utc] datetime2 NOT NULL,
        CONSTRAINT [PK_ModelVersionEntries] PRIMARY KEY ([ModelVersionId], [Number]),
        CONSTRAINT [CK_ModelVersionEntries_Transition] CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('InReview', 'Retired')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Approved', 'Retired'))))),
        CONSTRAINT [FK_ModelVersionEntries_ModelVersions_ModelVersionId] FOREIGN KEY ([ModelVersionId]) REFERENCES [ModelVersions] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ListExports] (
        [Id] uniqueidentifier NOT NULL,
        [TargetListId] uniqueidentifier NOT NULL,
        [Copy] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [RowCount] int NOT NULL,
        [FileHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorId] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Utc] datetime2 NOT NULL,
        CONSTRAINT [PK_ListExports] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_ListExports_TargetLists_TargetListId] FOREIGN KEY ([TargetListId]) REFERENCES [TargetLists] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [ListReceipts] (
        [TargetListId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Occasion] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Hash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Utc] datetime2 NOT NULL,
        CONSTRAINT [PK_ListReceipts] PRIMARY KEY ([TargetListId], [Number]),
        CONSTRAINT [FK_ListReceipts_TargetLists_TargetListId] FOREIGN KEY ([TargetListId]) REFERENCES [TargetLists] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [OutcomeUploads] (
        [Id] uniqueidentifier NOT NULL,
        [TargetListId] uniqueidentifier NOT NULL,
        [FileName] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Fingerprint] nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SentById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SentByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [SentUtc] datetime2 NOT NULL,
        [MappingJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [CountsJson] nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
        [OutcomesHash] nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
        [RecordedUtc] datetime2 NULL,
        [RecordedById] nvarchar(450) COLLATE Latin1_General_100_BIN2 NULL,
        [RecordedByName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [SupersedesId] uniqueidentifier NULL,
        [Version] int NOT NULL,
        CONSTRAINT [PK_OutcomeUploads] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_OutcomeUploads_TargetLists_TargetListId] FOREIGN KEY ([TargetListId]) REFERENCES [TargetLists] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE TABLE [TargetListEntries] (
        [TargetListId] uniqueidentifier NOT NULL,
        [Number] int NOT NULL,
        [Act] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [FromStage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NULL,
        [ToStage] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorId] nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ActorName] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Utc] datetime2 NOT NULL,
        CONSTRAINT [PK_TargetListEntries] PRIMARY KEY ([TargetListId], [Number]),
        CONSTRAINT [CK_TargetListEntries_Transition] CHECK (("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('Draft', 'InReview', 'Withdrawn')) OR ("FromStage" = 'Draft' AND "ToStage" = 'Exported' AND "ActorId" IN ('local-owner', 'command-line')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved', 'Withdrawn')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Exported', 'Withdrawn')) OR ("FromStage" = 'Exported' AND "ToStage" = 'Withdrawn')))),
        CONSTRAINT [FK_TargetListEntries_TargetLists_TargetListId] FOREIGN KEY ([TargetListId]) REFERENCES [TargetLists] ([Id]) ON DELETE NO ACTION
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
        SET IDENTITY_INSERT [AspNetRoles] ON;
    EXEC(N'INSERT INTO [AspNetRoles] ([Id], [ConcurrencyStamp], [Name], [NormalizedName])
    VALUES (N''administrator'', N''administrator'', N''administrator'', N''ADMINISTRATOR''),
    (N''campaign team'', N''campaign team'', N''campaign team'', N''CAMPAIGN TEAM''),
    (N''compliance'', N''compliance'', N''compliance'', N''COMPLIANCE''),
    (N''marketer'', N''marketer'', N''marketer'', N''MARKETER''),
    (N''validator'', N''validator'', N''validator'', N''VALIDATOR'')');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
        SET IDENTITY_INSERT [AspNetRoles] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Hash', N'SealCount', N'Sequence') AND [object_id] = OBJECT_ID(N'[AuditHeads]'))
        SET IDENTITY_INSERT [AuditHeads] ON;
    EXEC(N'INSERT INTO [AuditHeads] ([Id], [Hash], [SealCount], [Sequence])
    VALUES (1, N''0000000000000000000000000000000000000000000000000000000000000000'', CAST(0 AS bigint), CAST(0 AS bigint))');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Hash', N'SealCount', N'Sequence') AND [object_id] = OBJECT_ID(N'[AuditHeads]'))
        SET IDENTITY_INSERT [AuditHeads] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'MostCall', N'MostEmail', N'MostPost', N'MostSms', N'PeriodDays', N'Reason', N'SetByName', N'SetUtc', N'Version') AND [object_id] = OBJECT_ID(N'[ContactPolicies]'))
        SET IDENTITY_INSERT [ContactPolicies] ON;
    EXEC(N'INSERT INTO [ContactPolicies] ([Id], [MostCall], [MostEmail], [MostPost], [MostSms], [PeriodDays], [Reason], [SetByName], [SetUtc], [Version])
    VALUES (1, NULL, 1, NULL, 1, 7, N'''', N'''', NULL, 0)');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'MostCall', N'MostEmail', N'MostPost', N'MostSms', N'PeriodDays', N'Reason', N'SetByName', N'SetUtc', N'Version') AND [object_id] = OBJECT_ID(N'[ContactPolicies]'))
        SET IDENTITY_INSERT [ContactPolicies] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'LeastAffluent', N'LeastRatio', N'MostGap', N'Reason', N'SetByName', N'SetUtc', N'Version') AND [object_id] = OBJECT_ID(N'[FairnessPolicies]'))
        SET IDENTITY_INSERT [FairnessPolicies] ON;
    EXEC(N'INSERT INTO [FairnessPolicies] ([Id], [LeastAffluent], [LeastRatio], [MostGap], [Reason], [SetByName], [SetUtc], [Version])
    VALUES (1, 30, 0.80000000000000004E0, 0.10000000000000001E0, N'''', N'''', NULL, 0)');
    IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'LeastAffluent', N'LeastRatio', N'MostGap', N'Reason', N'SetByName', N'SetUtc', N'Version') AND [object_id] = OBJECT_ID(N'[FairnessPolicies]'))
        SET IDENTITY_INSERT [FairnessPolicies] OFF;
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AspNetRoleClaims_RoleId] ON [AspNetRoleClaims] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [RoleNameIndex] ON [AspNetRoles] ([NormalizedName]) WHERE [NormalizedName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AspNetUserClaims_UserId] ON [AspNetUserClaims] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AspNetUserLogins_UserId] ON [AspNetUserLogins] ([UserId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AspNetUserRoles_RoleId] ON [AspNetUserRoles] ([RoleId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [EmailIndex] ON [AspNetUsers] ([NormalizedEmail]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [UserNameIndex] ON [AspNetUsers] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_Subject] ON [AuditEntries] ([Subject]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_AuditEntries_Utc] ON [AuditEntries] ([Utc]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_Datasets_DerivedFromId] ON [Datasets] ([DerivedFromId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_Datasets_Fingerprint] ON [Datasets] ([Fingerprint]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_Datasets_HeaderSignature] ON [Datasets] ([HeaderSignature]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_Jobs_State] ON [Jobs] ([State]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_Jobs_SubjectId] ON [Jobs] ([SubjectId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_ListExports_TargetListId_Utc] ON [ListExports] ([TargetListId], [Utc]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_ModelRuns_DatasetId] ON [ModelRuns] ([DatasetId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ModelVersions_ModelName_Number] ON [ModelVersions] ([ModelName], [Number]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_ModelVersions_ModelRunId] ON [ModelVersions] ([ModelRunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_ModelVersions_OneChampion] ON [ModelVersions] ([ModelName]) WHERE "ChampionSinceUtc" IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_OutcomeUploads_SupersedesId] ON [OutcomeUploads] ([SupersedesId]) WHERE [SupersedesId] IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_OutcomeUploads_TargetListId] ON [OutcomeUploads] ([TargetListId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_RunNotes_ModelRunId] ON [RunNotes] ([ModelRunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_RunTags_Tag] ON [RunTags] ([Tag]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_TargetLists_ExportedUtc] ON [TargetLists] ([ExportedUtc]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    CREATE INDEX [IX_TargetLists_ModelRunId] ON [TargetLists] ([ModelRunId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261125174631_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261125174631_Initial', N'10.0.14');
END;

COMMIT;
GO

