using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Campaign.Tests.Architecture;

/// <summary>One type names another: in a base, a member, an attribute, or anywhere in the body of a method.</summary>
/// <param name="From">The outermost type that holds the reference, with its namespace.</param>
/// <param name="To">The type that is named, with its namespace.</param>
internal sealed record TypeReference(string From, string To);

/// <summary>
/// Reads from an assembly's metadata and IL which of its own types name which. Compiled pages and generated code are in it like
/// everything else.
/// </summary>
internal sealed class TypeReferences
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly HashSet<TypeReference> _found = [];

    private TypeReferences(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
    }

    public static IReadOnlyCollection<TypeReference> In(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        var references = new TypeReferences(image);
        references.ReadAll();
        return references._found;
    }

    public static IReadOnlyList<string> AssembliesOf(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private void ReadAll()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var type = _metadata.GetTypeDefinition(handle);
            var from = NameOf(handle);
            Token(from, type.BaseType);
            foreach (var implemented in type.GetInterfaceImplementations())
            {
                Token(from, _metadata.GetInterfaceImplementation(implemented).Interface);
            }

            foreach (var constraint in type.GetGenericParameters().SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints()))
            {
                Token(from, _metadata.GetGenericParameterConstraint(constraint).Type);
            }

            foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
            {
                Names(from, field.DecodeSignature(Collector.Instance, null));
                Attributes(from, field.GetCustomAttributes());
            }

            foreach (var property in type.GetProperties())
            {
                Attributes(from, _metadata.GetPropertyDefinition(property).GetCustomAttributes());
            }

            foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
            {
                Signature(from, method.DecodeSignature(Collector.Instance, null));
                Attributes(from, method.GetCustomAttributes());
                if (method.RelativeVirtualAddress != 0)
                {
                    Body(from, _image.GetMethodBody(method.RelativeVirtualAddress));
                }
            }

            Attributes(from, type.GetCustomAttributes());
        }
    }

    private void Attributes(string from, CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes)
        {
            Token(from, _metadata.GetCustomAttribute(handle).Constructor);
        }
    }

    private void Body(string from, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            foreach (var names in _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Collector.Instance, null))
            {
                Names(from, names);
            }
        }

        foreach (var region in body.ExceptionRegions)
        {
            Token(from, region.CatchType);
        }

        foreach (var token in IlTokens.In(body.GetILBytes()!))
        {
            Token(from, MetadataTokens.EntityHandle(token));
        }
    }

    private void Signature(string from, MethodSignature<ImmutableHashSet<string>> signature)
    {
        Names(from, signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes)
        {
            Names(from, parameter);
        }
    }

    private void Token(string from, EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _found.Add(new(from, NameOf((TypeDefinitionHandle)handle)));
                break;
            case HandleKind.TypeReference:
                Names(from, Collector.Instance.GetTypeFromReference(_metadata, (TypeReferenceHandle)handle, 0));
                break;
            case HandleKind.TypeSpecification:
                Names(from, _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(Collector.Instance, null));
                break;
            case HandleKind.MethodDefinition:
                _found.Add(new(from, NameOf(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())));
                break;
            case HandleKind.FieldDefinition:
                _found.Add(new(from, NameOf(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())));
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                Token(from, member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method)
                {
                    Signature(from, member.DecodeMethodSignature(Collector.Instance, null));
                }

                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Token(from, specification.Method);
                foreach (var names in specification.DecodeSignature(Collector.Instance, null))
                {
                    Names(from, names);
                }

                break;
        }
    }

    private void Names(string from, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _found.Add(new(from, name));
        }
    }

    private string NameOf(TypeDefinitionHandle handle) => Collector.NameOf(_metadata, handle);

    /// <summary>Every type named in a signature, the outermost one of nested types.</summary>
    private sealed class Collector : ISignatureTypeProvider<ImmutableHashSet<string>, object?>
    {
        public static readonly Collector Instance = new();

        public static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
        {
            var type = metadata.GetTypeDefinition(handle);
            while (type.IsNested)
            {
                type = metadata.GetTypeDefinition(type.GetDeclaringType());
            }

            return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
        }

        public ImmutableHashSet<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NameOf(reader, handle)];

        public ImmutableHashSet<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            {
                type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            }

            return [$"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"];
        }

        public ImmutableHashSet<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public ImmutableHashSet<string> GetGenericInstantiation(ImmutableHashSet<string> genericType, ImmutableArray<ImmutableHashSet<string>> typeArguments) =>
            typeArguments.Aggregate(genericType, (names, argument) => names.Union(argument));

        public ImmutableHashSet<string> GetFunctionPointerType(MethodSignature<ImmutableHashSet<string>> signature) =>
            signature.ParameterTypes.Aggregate(signature.ReturnType, (names, parameter) => names.Union(parameter));

        public ImmutableHashSet<string> GetModifiedType(ImmutableHashSet<string> modifier, ImmutableHashSet<string> unmodifiedType, bool isRequired) => modifier.Union(unmodifiedType);

        public ImmutableHashSet<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableHashSet<string> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableHashSet<string> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableHashSet<string> GetArrayType(ImmutableHashSet<string> elementType, ArrayShape shape) => elementType;

        public ImmutableHashSet<string> GetByReferenceType(ImmutableHashSet<string> elementType) => elementType;

        public ImmutableHashSet<string> GetPinnedType(ImmutableHashSet<string> elementType) => elementType;

        public ImmutableHashSet<string> GetPointerType(ImmutableHashSet<string> elementType) => elementType;

        public ImmutableHashSet<string> GetSZArrayType(ImmutableHashSet<string> elementType) => elementType;
    }
}
